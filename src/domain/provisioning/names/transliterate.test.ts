import { describe, expect, test } from 'vitest';
import { transliterate } from './transliterate.ts';

const full = (name: string, hrPinyin: string | null = null) => {
  const read = transliterate(name, hrPinyin);
  return read.kind === 'pinyin' ? read.full : null;
};

describe('surnames', () => {
  test.each([
    ['单雄信', 'shanxiongxin'],
    ['仇英', 'qiuying'],
    ['区志明', 'ouzhiming'],
    ['曾国藩', 'zengguofan'],
    ['解缙', 'xiejin'],
    ['查良镛', 'zhaliangyong'],
    ['盖叫天', 'gejiaotian'],
    ['翟天临', 'zhaitianlin'],
    ['吕布', 'lvbu'],
    ['朴树', 'piaoshu'],
    ['员半千', 'yunbanqian'],
    ['缪荃', 'miaoquan'],
    ['种师道', 'chongshidao'],
    ['么红', 'yaohong'],
    ['洗星海', 'xianxinghai'],
  ])('%s is read %s', (name, expected) => expect(full(name)).toBe(expected));

  test.each([
    ['欧阳修', 'ouyangxiu'],
    ['司马光', 'simaguang'],
    ['诸葛亮', 'zhugeliang'],
    ['尉迟恭', 'yuchigong'],
    ['令狐冲', 'linghuchong'],
    ['单于夫罗', 'chanyufuluo'],
    ['万俟卨', 'moqixie'],
    ['长孙无忌', 'zhangsunwuji'],
    ['澹台灭明', 'tantaimieming'],
  ])('the compound %s is read %s', (name, expected) => expect(full(name)).toBe(expected));

  test.each([
    ['張三', 'zhangsan'],
    ['單雄信', 'shanxiongxin'],
    ['區志明', 'ouzhiming'],
    ['蓋叫天', 'gejiaotian'],
    ['尉遲恭', 'yuchigong'],
    ['種師道', 'chongshidao'],
    ['單于夫羅', 'chanyufuluo'],
    ['曾國藩', 'zengguofan'],
    ['解縉', 'xiejin'],
    ['歐陽修', 'ouyangxiu'],
    ['諸葛亮', 'zhugeliang'],
    ['樂毅', 'yueyi'],
    ['車曉', 'chexiao'],
    ['萬俟卨', 'moqixie'],
    ['長孫無忌', 'zhangsunwuji'],
    ['呂布', 'lvbu'],
  ])('the traditional %s is read %s', (name, expected) => expect(full(name)).toBe(expected));

  test('are read so only at the head of the name', () => {
    expect(full('李单')).toBe('lidan');
    expect(full('王区盖')).toBe('wangqugai');
    expect(full('阿里·单增')).toBe('alidanzeng');
    expect(full('Jack 单雄信')).toBe('jackshanxiongxin');
  });
});

describe('the rest of a name', () => {
  test.each([
    ['阿卜杜热合曼·买买提明', 'abudurehemanmaimaitiming'],
    ["O'Neil", 'oneil'],
    ['José', 'jose'],
    ['Jose\u0301', 'jose'],
    ['Müller', 'muller'],
    ['Nguyễn Đức', 'nguyenduc'],
    ['Sørensen', 'sorensen'],
    ['Weiß', 'weiss'],
    ['Łukasz Ægir', 'lukaszaegir'],
    ['ＴＯＭ 张', 'tomzhang'],
    ['张三2', 'zhangsan2'],
    ['张三（外包）', 'zhangsanwaibao'],
    ['女', 'nv'],
    ['略', 'lve'],
    ['㛃䶮', 'jieyan'],
  ])('%s is read %s', (name, expected) => expect(full(name)).toBe(expected));

  test.each([
    ['张三', 'z'],
    ["O'Neil", 'o'],
    ['3M张', 'm'],
    ['007', ''],
  ])('%s begins with "%s"', (name, initial) => expect(transliterate(name, null)).toMatchObject({ initial }));
});

describe('a name falls back', () => {
  test.each([
    ['王𠮷', '𠮷'],
    ['𠮷田', '𠮷'],
    ['单𪚥明', '𪚥'],
    ['㐂子', '㐂'],
  ])('%s: nobody reads %s', (name, character) => {
    expect(transliterate(name, null)).toEqual({
      kind: 'fallback',
      reason: 'unreadable-character',
      character,
    });
  });

  test.each(['', ' ', '·', 'Иван', '👍', '\0'])('"%s": nothing is left', (name) => {
    expect(transliterate(name, null)).toEqual({ kind: 'fallback', reason: 'nothing-left' });
  });
});

describe("HR's pinyin", () => {
  test.each([
    ['danxiongxin', 'danxiongxin'],
    ['Shan Xiongxin', 'shanxiongxin'],
    ['SHANXIONGXIN', 'shanxiongxin'],
    ['Shàn Xióngxìn', 'shanxiongxin'],
    ['lü bu', 'lvbu'],
    ['Lǚ Bù', 'lvbu'],
    ['Müller', 'muller'],
  ])('%s rules when it is only letters', (hrPinyin, expected) =>
    expect(full('单雄信', hrPinyin)).toBe(expected),
  );

  test.each(['', ' ', 'shan1', 'shan-xiong', '单', 'a.b', "xi'an"])('"%s" is passed over', (hrPinyin) => {
    expect(full('单雄信', hrPinyin)).toBe('shanxiongxin');
  });

  test('reads what the library cannot', () => expect(full('王𠮷', 'wangji')).toBe('wangji'));
});
