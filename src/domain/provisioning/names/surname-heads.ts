/**
 * Surnames that the library reads as common words (VERSIONS.md §10, and tried one by one against pinyin-pro
 * 3.29.4): mostly traditional forms, of which its surname table has few. Lower case, no spaces.
 */
const surnameHeads: Readonly<Record<string, string>> = {
  // compound
  單于: 'chanyu',
  单于: 'chanyu',
  尉遲: 'yuchi',
  萬俟: 'moqi',
  長孫: 'zhangsun',
  澹臺: 'tantai',
  樂正: 'yuezheng',
  // single
  單: 'shan',
  區: 'ou',
  蓋: 'ge',
  種: 'chong',
  种: 'chong',
  么: 'yao',
  樂: 'yue',
  員: 'yun',
  繆: 'miao',
  賁: 'ben',
  車: 'che',
  洗: 'xian',
  祭: 'zhai',
  佴: 'nai',
  隽: 'juan',
  雋: 'juan',
};

/** A surname at the head of a name and how it is read. */
export interface SurnameHead {
  readonly surname: string;
  readonly reading: string;
}

/** The surname of our own table that a run of Han characters begins with, the longer first; null when none. */
export function findSurnameHead(han: string): SurnameHead | null {
  for (const length of [2, 1]) {
    const surname = han.slice(0, length);
    const reading = Object.hasOwn(surnameHeads, surname) ? surnameHeads[surname] : undefined;
    if (reading !== undefined) return { surname, reading };
  }
  return null;
}
