import { describe, expect, test } from 'vitest';
import { claimsOf } from '../../src/domain/access/token-claims.ts';
import { parsePhone, regionOf } from '../../src/domain/provisioning/intake/phone.ts';
import { isNoDate, readShanghaiDate } from '../../src/domain/shanghai-time.ts';

describe('UP09: a country', () => {
  test.each([
    [
      'HK',
      [
        '中国香港',
        '香港特區',
        'HK SAR',
        'Hongkong',
        '中华人民共和国香港特别行政区',
        'hong kong s.a.r.',
        '+852',
      ],
    ],
    ['MO', ['澳门特区', 'Macau SAR', '澳門', 'Macao', '853']],
    ['TW', ['台湾省', '中国台湾', 'Taiwan, China', 'Chinese Taipei', 'TWN', '臺灣']],
    [
      'CN',
      [
        '中國',
        'P.R. China',
        '中国（大陆）',
        'China (Mainland)',
        'CHN',
        '156',
        ' 中国 ',
        '中国籍',
        "China, People's Republic of",
      ],
    ],
    ['US', ['美国', '美利坚合众国', 'U.S.A.', 'United States of America', '840']],
    ['GB', ['英国', 'UK', 'England', 'Great Britain', '苏格兰']],
    ['KR', ['韩国', '南韩', '大韩民国', 'Korea', 'Republic of Korea']],
    ['JP', ['日本', '日本国', 'Japan', '日本籍']],
    ['VN', ['越南', 'Viet Nam', 'Vietnam']],
    ['RU', ['俄罗斯联邦', 'Russia', 'Russian Federation']],
    ['TR', ['Türkiye', 'Turkey', '土耳其']],
    ['CZ', ['捷克', 'Czech Republic']],
    ['CI', ["Côte d'Ivoire", '科特迪瓦']],
    ['CD', ['刚果(金)', '刚果民主共和国', 'Congo, Democratic Republic of the']],
    ['NA', ['NA', '纳米比亚', 'Namibia']],
    ['AE', ['阿联酋', 'UAE', 'الإمارات العربية المتحدة']],
    ['AT', ['奥地利', 'Österreich', '奥地利共和国']],
    ['ES', ['西班牙王国', 'España']],
    ['IR', ['Iran, Islamic Republic of', 'Iran (Islamic Republic of)', '伊朗伊斯兰共和国']],
    ['TZ', ['Tanzania, United Republic of']],
    ['MM', ['缅甸', 'Burma', 'Myanmar']],
    ['NZ', ['新西兰', '纽西兰', 'New Zealand']],
  ])('%s is found by each of %o', (code, names) => {
    expect(names.map((name) => [name, regionOf(name, {})])).toEqual(names.map((name) => [name, code]));
  });

  test.each([
    '港澳台',
    'Atlantis',
    'NULL',
    '无',
    '其他',
    '海外',
    '籍',
    '共和国',
    '刚果',
    'Republic of China',
    '',
  ])('"%s" is none', (name) => expect(regionOf(name, {})).toBeNull());
});

describe('UP09: a phone', () => {
  const told = (text: string, country: string) => {
    const phone = parsePhone(text, country, {});
    if (phone === null) return 'none';
    if (!phone.possible) return 'cannot be dialled';
    const extension = phone.extension === null ? '' : ` x${phone.extension}`;
    return `+${phone.countryCode} ${phone.nationalNumber}${extension}${phone.mobile ? '' : ' (no mobile)'}`;
  };

  test.each([
    ['+86 (0) 139 0001 0002', '中国', '+86 13900010002'],
    ['13900010002（微信同号）', '中国', '+86 13900010002'],
    ['Tel：139-0001-0002', '中国', '+86 13900010002'],
    ['０１３９０００１０００２', '中国', '+86 13900010002'],
    ['13900010002;13900010003', '中国', '+86 13900010002'],
    ['13900010002 13900010003', '中国', '+86 13900010002'],
    ['13900010002 / 010-62340001', '中国', '+86 13900010002'],
    ['010-62340001/13900010002', '中国', '+86 13900010002'],
    ['010-62340001转801、13900010002', '中国', '+86 13900010002'],
    ['13900010002或13900010003', '中国', '+86 13900010002'],
    ['010-62340001/62340002', '中国', '+86 1062340001 (no mobile)'],
    ['0755–26780016–8016', '中国', '+86 75526780016 x8016 (no mobile)'],
    ['(0755)26780016#8016', '中国', '+86 75526780016 x8016 (no mobile)'],
    ['17951-13900010002', '中国', '+86 13900010002'],
    ['139****0002', '中国', 'cannot be dialled'],
    ['l3900010002', '中国', 'cannot be dialled'],
    ['13900010002', 'Atlantis', '+86 13900010002'],
    ['91234567', '新加坡', '+65 91234567'],
    ['13900010002', '美国', '+86 13900010002'],
    ['1390001000', '中国', 'cannot be dialled'],
    ['11900010002', '中国', 'cannot be dialled'],
    ['10086', '中国', 'cannot be dialled'],
    ['26780016', '中国', 'cannot be dialled'],
    ['1.39E+10', '中国', 'cannot be dialled'],
    ['+999 12345678', '中国', 'cannot be dialled'],
    ['13900010002-801', '中国', 'cannot be dialled'],
    ['无', '中国', 'none'],
    ['0755-26780016转8016分机', '中国', '+86 75526780016 x8016 (no mobile)'],
    ['+86-755-26780016-8016', '中国', '+86 75526780016 x8016 (no mobile)'],
    ['86-10-62340001', '中国', '+86 1062340001 (no mobile)'],
    ['400-810-1234-5', '中国', '+86 4008101234 x5 (no mobile)'],
    ['852-61234567', '香港', '+852 61234567'],
    ['28886666-203', '香港', '+852 28886666 x203 (no mobile)'],
    ['+886 0912 345 678', '台湾', '+886 912345678'],
    ['02-2712-3456#123', '台湾', '+886 227123456 x123 (no mobile)'],
    ['090-1234-5678', '日本', '+81 9012345678'],
    ['010-1234-5678', '韩国', '+82 1012345678'],
    ['8 912 345-67-89', '俄罗斯', '+7 9123456789'],
    ['+44 (0)7911 123456', '中国', '+44 7911123456'],
  ])('%s of %s is %s', (text, country, expected) => expect(told(text, country)).toBe(expected));
});

describe('UP08: a day', () => {
  test.each([
    '1988-7-1',
    '1988.07.01',
    '1988/7/1',
    '19880701',
    '1988年7月1日',
    '1988年07月01号',
    '１９８８－０７－０１',
    '1988—07—01',
    '1988-07-01 00:00:00.0',
    '1988-07-01Z',
    '1988-07-01+08:00',
    '1988-07-01T00:00:00+0900',
    '1988-06-30T15:00:00Z',
    '1988-06-30T15:00:00.000+0000',
    '583686000000',
    '583686000',
    '/Date(583686000000+0900)/',
    '01-JUL-1988',
    'Jul 1, 1988',
    '1 July 1988',
    'Fri Jul 01 00:00:00 CST 1988',
    '1988-07-01 00:00:00+0900',
  ])('%s is 1988-07-01', (text) => {
    expect(isNoDate(text)).toBe(false);
    expect(readShanghaiDate(text)).toBe('1988-07-01');
  });

  test.each([
    // The clocks went forward at two in the morning: this midnight is an hour that was not, and still that day.
    ['1987-04-12T00:00:00+09:00', '1987-04-12'],
    ['1986-05-03T16:00:00Z', '1986-05-04'],
    ['1986-09-13T15:00:00Z', '1986-09-14'],
    ['1991-09-14T15:00:00Z', '1991-09-15'],
    ['1991-09-15T16:00:00Z', '1991-09-16'],
    ['2026-03-01T00:00:00+09:00', '2026-03-01'],
    ['2026-02-28T16:00:00Z', '2026-03-01'],
  ])('%s is %s', (text, day) => expect(readShanghaiDate(text)).toBe(day));

  test.each([
    '0000-00-00 00:00:00',
    '00/00/0000',
    'Dec 31, 9999',
    '0001-01-01T00:00:00',
    '1753-01-01',
    '1899-12-30',
    '1900-01-00',
    '1900-01-01',
    '1970-01-01T08:00:00+08:00',
    '-2209017600000',
    '2099-12-31',
    '4712-12-31',
    '9999-12-31T23:59:59Z',
    'NULL',
    '长期',
    '至今',
    '无',
    '-',
  ])('%s means none', (text) => expect(isNoDate(text)).toBe(true));

  test.each([
    '07/01/1988',
    '01.07.1988',
    '1988-02-30',
    '2026-02-29',
    '1988-13-01',
    '1988年7月',
    '880701',
    '01-JUL-88',
    '32325',
    '1988-W26-5',
  ])('%s is none that can be told, and is not guessed', (text) => {
    expect(isNoDate(text)).toBe(false);
    expect(readShanghaiDate(text)).toBeNull();
  });
});

describe('DP02: the scopes of a token', () => {
  const rules = {
    scopeClaims: ['scope', 'scp', 'roles', 'realm_access.roles', 'https://example.com/scopes'],
    groupClaims: ['groups', 'realm_access.groups'],
    groupScopes: { 'ops team': ['operate'], '/staff': ['requests:read'] },
  };

  test.each<[string, Readonly<Record<string, unknown>>, readonly string[]]>([
    [
      'scope with blanks',
      { scope: 'openid  requests:read\trequests:write' },
      ['requests:read', 'requests:write'],
    ],
    ['scp as a text', { scp: 'requests:read' }, ['requests:read']],
    ['scp as a list', { scp: ['requests:read', 'requests:write'] }, ['requests:read', 'requests:write']],
    [
      'scp as a list of texts',
      { scp: ['requests:read requests:write'] },
      ['requests:read', 'requests:write'],
    ],
    ['scp with commas', { scp: 'requests:read, people:read' }, ['requests:read', 'people:read']],
    ['roles as a list', { roles: ['admin', 7, null] }, ['admin']],
    ['roles within a realm', { realm_access: { roles: ['operate', 'offline_access'] } }, ['operate']],
    ['a claim named by a URL', { 'https://example.com/scopes': ['people:pii'] }, ['people:pii']],
    ['groups', { groups: ['ops team', '/staff', 'others'] }, ['operate', 'requests:read']],
    ['one group', { groups: 'ops team' }, ['operate']],
    ['groups within a realm', { realm_access: { groups: ['/staff'] } }, ['requests:read']],
    ['claims of other kinds', { scope: 7, scp: { a: 1 }, roles: true, groups: null, realm_access: 'x' }, []],
    ['names of what every object has', { realm_access: {}, groups: ['constructor', '__proto__'] }, []],
  ])('from %s', (_, payload, scopes) => {
    expect([...(claimsOf({ sub: 'li.lei', ...payload }, rules)?.scopes ?? [])]).toEqual(scopes);
  });
});
