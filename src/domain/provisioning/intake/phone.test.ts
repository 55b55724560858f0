import { describe, expect, test } from 'vitest';
import { isLandline, parsePhone, regionOf } from './phone.ts';

const parse = (text: string, country = '中国') => parsePhone(text, country, {});
const short = (text: string, country?: string) => {
  const phone = parse(text, country);
  if (phone === null) return null;
  const { countryCode, nationalNumber, extension, mobile, parsed } = phone;
  return [
    `+${countryCode} ${nationalNumber}`,
    extension === null ? '' : `x${extension}`,
    mobile ? 'mobile' : 'other',
    parsed ? '' : 'unparsed',
  ]
    .filter(Boolean)
    .join(' ');
};

describe('a mobile', () => {
  test.each([
    ['13800138000', 'cn'],
    ['+86 138 0013 8000', 'US'],
    ['+86-13800138000', '香港'],
    ['008613800138000', 'CN'],
    ['8613800138000', 'China'],
    ['(+86)138-0013-8000', '中国'],
    ['＋８６１３８００１３８０００', '中国'],
    ['013800138000', '中国'],
    ['13800138000', 'Atlantis'],
    ['13800138000', 'HK'],
    ['13800138000/13900139000', 'CN'],
    ['手机13800138000', 'CN'],
  ])('%s of %s is a Chinese one', (text, country) =>
    expect(short(text, country)).toBe('+86 13800138000 mobile'),
  );

  test.each([
    ['91234567', '香港', '+852 91234567 mobile'],
    ['+852 9123 4567', 'cn', '+852 91234567 mobile'],
    ['0085291234567', 'cn', '+852 91234567 mobile'],
    ['0912345678', '台湾', '+886 912345678 mobile'],
    ['+49 151 12345678', 'cn', '+49 15112345678 mobile'],
    ['4155552671', 'USA', '+1 4155552671 mobile'],
    ['9123 4567', 'Singapore', '+65 91234567 mobile'],
  ])('%s of %s is a foreign one', (text, country, expected) => expect(short(text, country)).toBe(expected));

  test.each(['130', '147', '166', '170', '171', '191', '195', '198', '199'])('begins with %s', (head) => {
    expect(parse(`${head}12345678`)).toMatchObject({ mobile: true, parsed: true });
  });
});

describe('a landline', () => {
  test.each([
    ['010-88888888', '+86 1088888888 other'],
    ['(010) 8888 8888', '+86 1088888888 other'],
    ['0755 2345 6789', '+86 75523456789 other'],
    ['+86 755 2345 6789', '+86 75523456789 other'],
    ['400-810-1234', '+86 4008101234 other'],
    ['+852 2345 6789', '+852 23456789 other'],
  ])('%s is no mobile', (text, expected) => {
    expect(short(text)).toBe(expected);
    const phone = parse(text);
    expect(phone && isLandline(phone)).toBe(true);
  });

  test.each([
    '010-8888 8888 转 123',
    '010-88888888转123',
    '010-8888 8888 分机123',
    '010-8888 8888 轉 123',
    '010-88888888*123',
    '01088888888#123',
    '01088888888,,123#',
    '01088888888;ext=123',
    '010 8888 8888 Ext. 123',
    '01088888888X123',
    '01088888888 x 123',
  ])('%s has an extension', (text) => expect(short(text)).toBe('+86 1088888888 x123 other'));

  test('has none when nothing stands behind the mark', () => {
    expect(short('010-88888888#')).toBe('+86 1088888888 other');
  });
});

describe('what is no number', () => {
  test.each([
    ['1234567890', 'cn', '+86 1234567890 other unparsed'],
    ['88888888', 'cn', '+86 88888888 other unparsed'],
    ['12345', 'cn', '+86 12345 other unparsed'],
    ['1'.repeat(25), 'cn', `+86 ${'1'.repeat(25)} other unparsed`],
    ['+999 123456', 'cn', '+86 999123456 other unparsed'],
    ['12345', 'HK', '+86 12345 other unparsed'],
    ['+852 1234', 'cn', '+852 1234 other unparsed'],
  ])('%s of %s is kept as given', (text, country, expected) => expect(short(text, country)).toBe(expected));

  test('is not refused as a landline, unless it has an extension', () => {
    const unknown = parse('1234567890');
    const office = parse('88888888转1');
    expect(unknown && isLandline(unknown)).toBe(false);
    expect(office && isLandline(office)).toBe(true);
  });

  test.each(['', '  ', '无', '转', '+-()'])('"%s" is nothing', (text) => expect(parse(text)).toBeNull());
});

describe('regionOf', () => {
  test.each([
    ['中国', 'CN'],
    ['cn', 'CN'],
    ['CN', 'CN'],
    [' China ', 'CN'],
    ['ＣＮ', 'CN'],
    ['香港', 'HK'],
    ['United States', 'US'],
    ['英国', 'GB'],
    ['fr', 'FR'],
    ['Atlantis', null],
    ['constructor', null],
    ['', null],
  ])('%s is %s', (country, region) => expect(regionOf(country, {})).toBe(region));

  test('lets an alias rule over a code, in any case, and passes over a bad one', () => {
    expect(regionOf('uk', { UK: 'gb' })).toBe('GB');
    expect(regionOf('cn', { cn: 'HK' })).toBe('HK');
    expect(regionOf('cn', { cn: 'nowhere' })).toBe('CN');
  });
});
