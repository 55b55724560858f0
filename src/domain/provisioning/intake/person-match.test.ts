import { describe, expect, test } from 'vitest';
import { isSamePerson } from './person-match.ts';

const zhang = { fullName: '张三', pinyinName: 'zhangsan', englishName: 'Sam Zhang' };

describe('the same person', () => {
  test.each(['张三', '张 三', ' 张\u200B三', '張三', 'Zhang San', 'ZHANGSAN', 'sam zhang', '章叁'])(
    '%s is 张三',
    (name) => expect(isSamePerson(zhang, name)).toBe(true),
  );

  test("HR's odd pinyin and the library's are both his", () => {
    const shan = { fullName: '单雄信', pinyinName: 'Dan Xiongxin', englishName: null };
    expect(isSamePerson(shan, '单雄信')).toBe(true);
    expect(isSamePerson(shan, 'Shan Xiongxin')).toBe(true);
    expect(isSamePerson(shan, 'danxiongxin')).toBe(true);
  });

  test('dots, accents, apostrophes and case do not count', () => {
    const known = (fullName: string) => ({ fullName, pinyinName: null, englishName: null });
    expect(isSamePerson(known('阿卜杜热合曼·买买提明'), '阿卜杜热合曼•买买提明')).toBe(true);
    expect(isSamePerson(known('José'), 'JOSE')).toBe(true);
    expect(isSamePerson(known("O'Neil"), 'O’Neil')).toBe(true);
    expect(isSamePerson(known('王𠮷'), '王 𠮷')).toBe(true);
  });
});

describe('another person', () => {
  test.each(['李四', 'Li Si', '张三丰', '王𠮷', '', 'Иван'])('"%s" is not 张三', (name) => {
    expect(isSamePerson(zhang, name)).toBe(false);
  });

  test('names without a reading only match as texts', () => {
    const known = (fullName: string) => ({ fullName, pinyinName: null, englishName: null });
    expect(isSamePerson(known('Иван'), 'Пётр')).toBe(false);
    expect(isSamePerson(known('Иван 2'), 'Пётр 2')).toBe(false);
    expect(isSamePerson(known('王𠮷'), '李𠮷')).toBe(false);
  });
});
