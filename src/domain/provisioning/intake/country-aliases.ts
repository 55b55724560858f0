import codes from 'i18n-iso-countries/codes.json' with { type: 'json' };
import english from 'i18n-iso-countries/langs/en.json' with { type: 'json' };
import chinese from 'i18n-iso-countries/langs/zh.json' with { type: 'json' };
import { getCountries, getCountryCallingCode } from 'libphonenumber-js/max';

/** Names that operators add to those of countries (Setting `country_aliases`): the written name → ISO 3166 region. */
export type CountryAliases = Readonly<Record<string, string>>;

/** Words around a name that say nothing of which country it is. */
const AROUND_A_PART_OF_CHINA =
  /^(?:中华人民共和国|中華人民共和國|中國|中国|prc|china)|(?:中华人民共和国|中華人民共和國|中國|中国|ofchina|prc|china)$/gu;
const ENDS_OF_A_PART_OF_CHINA = /(?:特别行政区|特別行政區|特區|特区|地区|地區|省|sar|province)$/u;

/** Names in forms beside those of the lists, in the form of `keyOf`. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  CN: [
    ...[
      '大陆',
      '大陸',
      '内地',
      '內地',
      '祖国大陆',
      '国内',
      '國內',
      '境内',
      '本国',
      '中华人民共和国',
      '中華人民共和國',
    ],
    ...[
      '中国大陆',
      '中國大陸',
      '中国大陆地区',
      '中国内地',
      '中國內地',
      'prc',
      'prchina',
      'mainland',
      'mainlandchina',
      'chinamainland',
    ],
    ...['peoplesrepublicofchina', 'chinaprc', 'zhongguo', '中国cn'],
  ],
  HK: ['香港', '港', 'hongkong', 'hksar', 'hongkongspecialadministrativeregion', 'xianggang'],
  MO: ['澳门', '澳門', 'macao', 'macau', 'macaospecialadministrativeregion', 'aomen'],
  TW: [
    '台湾',
    '臺灣',
    '台灣',
    '台',
    '中华台北',
    '中華台北',
    '台澎金马',
    'taiwan',
    'chinesetaipei',
    'roc',
    'taiwanroc',
  ],
  KR: ['南韩', '南韓', '大韩民国', '大韓民國', 'korea', 'rok', '韩', '韓'],
  KP: ['北韩', '北韓', '北朝鲜', 'dprk'],
  US: ['美', '美利坚', '美利坚合众国', 'america', 'unitedstatesofamerica', 'theus', 'theusa'],
  GB: [
    '英',
    'uk',
    'england',
    'scotland',
    'wales',
    'northernireland',
    '英格兰',
    '苏格兰',
    '威尔士',
    '北爱尔兰',
    'britain',
    'greatbritain',
    '大不列颠',
    '联合王国',
    'unitedkingdomofgreatbritainandnorthernireland',
  ],
  JP: ['日', '日本国', '日本國', 'nippon'],
  RU: ['俄国', '俄國', '俄', '俄罗斯联邦'],
  DE: ['德', 'deutschland', '联邦德国', '德意志联邦共和国'],
  FR: ['法', '法兰西'],
  AU: ['澳洲', '澳大利亚联邦'],
  NZ: ['纽西兰', '紐西蘭'],
  VN: ['越', 'vietnam'],
  ID: ['印尼', '印度尼西亚共和国'],
  SG: ['星加坡', '新加坡共和国'],
  MY: ['大马', '大馬'],
  MN: ['蒙古国', '蒙古國', '外蒙古'],
  AE: ['阿联酋', '阿聯酋', 'uae', '阿拉伯联合大公国'],
  SA: ['沙特', '沙烏地阿拉伯', 'ksa'],
  NL: ['holland', '荷兰王国', 'thenetherlands'],
  CZ: ['捷克共和国', 'czechrepublic'],
  TR: ['turkey', '土耳其共和国'],
  CD: ['刚果金', '民主刚果', '刚果民主共和国'],
  CG: ['刚果布'],
  MK: ['北马其顿', '马其顿', 'macedonia'],
  CI: ['科特迪瓦', '象牙海岸', 'ivorycoast'],
  SZ: ['斯威士兰', 'swaziland'],
  MM: ['burma'],
  LA: ['寮国', '寮國'],
};

/** The region a calling code means where several share it. */
const mainRegions: Readonly<Record<string, string>> = {
  1: 'US',
  7: 'RU',
  39: 'IT',
  44: 'GB',
  47: 'NO',
  61: 'AU',
  212: 'MA',
  262: 'RE',
  290: 'SH',
  358: 'FI',
  590: 'GP',
  599: 'CW',
};
/** Calling codes that are written without a sign; other three digits are a number of ISO 3166. */
const BARE_CALLING_CODE = /^(?:\d{1,2}|85[23]|886)$/;
/** A way to write China, although ISO 3166 gives the number to an ocean. */
const CHINA_BY_TRUNK = '086';
/** "None" is no Namibia. */
const NONE = /^n[./]a\.?$/i;
const BETWEEN_NAMES = /[\s/|,;()（）、，_-]+/u;
/** `China, People's Republic of`, `Korea (Republic of)`: the name stands before what it is. */
const INVERTED = /^([^,(（，]+)[,(（，]\s*([^,()（），]+)[)）]?$/u;
const KIND_OF_STATE =
  /(?<=\p{Script=Han}{2})(?:(?:人民|民主|联邦|聯邦|伊斯兰|伊斯蘭)*共和[国國]|王[国國]|[联聯]邦)$/u;
const TRADITIONAL = ['zh-Hant', 'zh-HK'] as const;

/**
 * The region a text means, by the names and codes of ISO 3166 in Chinese (both scripts) and English, by its calling
 * code (`852`, `+852`, `00852`), and by what forms write for the parts of China; null for anything else: an unknown
 * country is not taken for China.
 */
export function countryNamed(text: string): string | null {
  const { names, callingCodes } = readTables();
  const calling = /^(?:\+|00)(\d{1,3})$/.exec(text.trim())?.[1];
  if (calling !== undefined) return callingCodes.get(calling) ?? null;
  if (NONE.test(text.trim())) return null;
  // 中国籍, 日本国籍: where somebody comes from.
  const key = keyOf(text).replace(/(?<=\p{Script=Han}{2})籍$/u, '');
  if (key === CHINA_BY_TRUNK) return 'CN';
  if (BARE_CALLING_CODE.test(key)) return callingCodes.get(key) ?? null;
  return (
    names.get(key) ??
    partOfChina(key, names) ??
    namedTwice(text, names) ??
    names.get(key.replace(KIND_OF_STATE, '')) ??
    namedAround(text, names) ??
    readOwnNames().get(key) ??
    null
  );
}

function namedAround(text: string, names: ReadonlyMap<string, string>): string | undefined {
  const [, name, kind] = INVERTED.exec(text) ?? [];
  return name === undefined || kind === undefined ? undefined : names.get(keyOf(`${kind}${name}`));
}

/** `CN 中国`, `China/中国`: every part means the same. */
function namedTwice(text: string, names: ReadonlyMap<string, string>): string | null {
  const parts = text
    .split(BETWEEN_NAMES)
    .map(keyOf)
    .filter((part) => part !== '');
  const regions = new Set(parts.map((part) => names.get(part) ?? null));
  return regions.size === 1 ? ([...regions][0] ?? null) : null;
}

/** `中国（香港）`, `香港特别行政区`, `Hong Kong SAR, China`: what is left without the words around it. */
function partOfChina(key: string, names: ReadonlyMap<string, string>): string | null {
  const bare = key.replace(AROUND_A_PART_OF_CHINA, '').replace(ENDS_OF_A_PART_OF_CHINA, '');
  const region = names.get(bare.replace(AROUND_A_PART_OF_CHINA, ''));
  return region === 'HK' || region === 'MO' || region === 'TW' ? region : null;
}

/** Letters and digits only, in lower case and without accents. */
function keyOf(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .normalize('NFC');
}

let ownNames: ReadonlyMap<string, string> | null = null;

/** What countries call themselves: `Österreich`, `España`, `Việt Nam`. Built once, with the first name that no list has. */
function readOwnNames(): ReadonlyMap<string, string> {
  ownNames ??= new Map(
    codes.map(([region]) => {
      const { language } = new Intl.Locale(`und-${region}`).maximize();
      const display = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
      return [keyOf(display.of(String(region)) ?? ''), String(region)] as const;
    }),
  );
  return ownNames;
}

interface Tables {
  readonly names: ReadonlyMap<string, string>;
  readonly callingCodes: ReadonlyMap<string, string>;
}
let tables: Tables | null = null;

/** Built once, with the first country that is read. */
function readTables(): Tables {
  tables ??= { names: readNames(), callingCodes: readCallingCodes() };
  return tables;
}

function readNames(): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const add = (name: string, region: string) => {
    const key = keyOf(name);
    // The first of two countries that a name could mean keeps it.
    if (key !== '' && !names.has(key)) names.set(key, region);
  };
  for (const code of codes) {
    const [region = '', ...others] = code.slice(0, 3).map(String);
    for (const name of [region, ...others]) add(name, region);
  }
  for (const [region, list] of Object.entries(otherNames)) for (const name of list) add(name, region);
  for (const { countries } of [chinese, english]) {
    for (const [region, name] of Object.entries(countries)) {
      for (const one of Array.isArray(name) ? name : [name]) add(one, region);
    }
  }
  for (const locale of [...TRADITIONAL, 'zh-Hans', 'en']) {
    const display = new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' });
    for (const [region] of codes) add(display.of(String(region)) ?? '', String(region));
  }
  return names;
}

function readCallingCodes(): ReadonlyMap<string, string> {
  const regions = new Map<string, string>();
  for (const region of getCountries()) {
    const code = String(getCountryCallingCode(region));
    if (!regions.has(code)) regions.set(code, mainRegions[code] ?? region);
  }
  return regions;
}
