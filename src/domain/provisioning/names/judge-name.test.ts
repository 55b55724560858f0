import { describe, expect, test } from 'vitest';
import { coreName, judgeName } from './judge-name.ts';

const lost = (name: string) => [name, 'LOST'] as const;
const nobody = (name: string) => [name, 'PLACEHOLDER'] as const;
const note = (name: string) => [name, 'NOTE'] as const;

describe('judgeName', () => {
  test.each([
    ...[
      '张三',
      '雷𫰠',
      '吴𱖎',
      '李䶮',
      '欧阳娜娜',
      '阿卜杜热合曼·买买提明',
      '佐々木 遥',
      '髙橋はるか',
      '김철수',
    ],
    ...["O'Neil Brian", 'D’Souza Ana', 'José García-López', 'Nguyễn Văn Đức', 'Иванов Пётр', 'Jack 单雄信'],
    ...[
      '张三2',
      '王𠮷',
      'João da Silva',
      'SÃO Paulo',
      'J. R. Smith',
      'Anna Null',
      'Null',
      'Na Li',
      '那英',
      'ﬁona Li',
      '无忌',
      ...[
        '王伟1',
        '王伟２',
        '张三A',
        'A张三',
        '张',
        '㐂',
        'Ｚhang三',
        'Smith, John',
        'Dr. Smith',
        'O´Neil',
        'X Æ A-12',
      ],
      ...['浦东', '琪', '欧阳修', '单于婉儿', 'Wang Wei 2', 'Đặng Thị Ngọc', 'Ağaoğlu Şükrü', 'Sørensen Åse'],
      '空海',
    ],
  ])('%s is a name', (name) => expect(judgeName(name)).toBeNull());

  test.each<readonly [string, string]>([
    ...[
      ...['张X', '张XX', '王○', 'ÕÅÈý', 'å¼ ä¸', '¶À«T³Ç', 'MÃ¼ller', '寮犱笁', '鐜嬩紵'].map(lost),
      ...['测试', '測試账号1', 'Test User', 'demo2', 'administrator', '管理员', '离职', '员工1', '合计', '同上'].map(
        nobody,
      ),
      ...['null null', '张null', 'N.A.', 'NA', 'Unknown', '不明', '無', '张某某', '某人', 'P000126'].map(
        nobody,
      ),
      ...['1.2E+10', '44927', '2023-01-01', 'xxx'].map(nobody),
      ...[
        '张三😀',
        '"张三"',
        '张三。',
        '（张三）',
        '张三13800138000',
        '张三Tom',
        'Tom张',
        '王老师',
        '张三先生',
      ].map(note),
      ...['张三+1', '张三#2', '张三（女）', '李四 (PhD)', '王伟-1'].map(note),
    ],
    ['李 雷 & 韩梅梅', 'SEVERAL'],
    ['李?', 'LOST'],
    ['李？', 'LOST'],
    ['李\uFFFD', 'LOST'],
    ['李□', 'LOST'],
    ['张*三', 'LOST'],
    ['锟斤拷', 'LOST'],
    ['M黮ler', 'LOST'],
    ['JosÃ©', 'LOST'],
    ['王&#20164;', 'ENCODED'],
    ['李&#x9F91;', 'ENCODED'],
    ['A&amp;B', 'ENCODED'],
    ['\\u674e\\u56db', 'ENCODED'],
    ['%E5%BC%A0%E4%B8%89', 'ENCODED'],
    ['NULL', 'PLACEHOLDER'],
    ['nan', 'PLACEHOLDER'],
    ['#N/A', 'PLACEHOLDER'],
    ['无', 'PLACEHOLDER'],
    ['未知', 'PLACEHOLDER'],
    ['-', 'PLACEHOLDER'],
    ['12345', 'PLACEHOLDER'],
    ['=A1', 'FORMULA'],
    ['+张三', 'FORMULA'],
    ['@李四', 'FORMULA'],
    ['王伟(外包)', 'NOTE'],
    ['王伟（外包）', 'NOTE'],
    ['李娜（离职）', 'NOTE'],
    ['张三-技术部', 'NOTE'],
    ['李娜-实习', 'NOTE'],
    ['WB_李娜', 'NOTE'],
    ['张三/技术部', 'NOTE'],
    ['张三、李四', 'SEVERAL'],
    ['zhangsan@example.com', 'SEVERAL'],
  ])('%s hardly is one: %s', (name, doubt) => expect(judgeName(name)).toBe(doubt));
});

test.each([
  ['王伟（外包）', '王伟'],
  ['张三-技术部', '张三'],
  ['WB_李娜', '李娜'],
  ['García-López', 'García-López'],
  ['（外包）', '（外包）'],
])('what is left of %s is %s', (name, core) => expect(coreName(name)).toBe(core));
