import { expect, test } from 'vitest';
import { readName } from './read-name.ts';

const notesLeftOff = ['外包', '实习', 'WB', '技术部', '研发/平台', 'C++'];
const read = (name: string, accepted = false) => readName(name, { notesLeftOff, accepted });

test.each([
  ['王伟（外包）', '王伟', ['外包']],
  ['王伟(外包)', '王伟', ['外包']],
  ['李娜-实习', '李娜', ['实习']],
  ['李娜 — 实习', '李娜', ['实习']],
  ['WB_李娜', '李娜', ['WB']],
  ['wb李娜', '李娜', ['WB']],
  ['张三-技术部', '张三', ['技术部']],
  ['张三外包', '张三', ['外包']],
  ['外包-张三-技术部', '张三', ['外包', '技术部']],
  ['WB_张三（实习）', '张三', ['实习', 'WB']],
  ['张三【研发/平台】', '张三', ['研发/平台']],
  ['张三（C++）', '张三', ['C++']],
])('%s is %s without its notes', (written, name, leftOff) =>
  expect(read(written)).toEqual({ name, doubt: null, leftOff }),
);

test.each([
  ['李娜（离职）', 'NOTE'],
  ['张三（外包）（离职）', 'NOTE'],
  ['（外包）', 'NOTE'],
  ['外包', 'PLACEHOLDER'],
  ['李?（外包）', 'LOST'],
  ['张三、李四（外包）', 'SEVERAL'],
])('%s stays as it is written and doubted: %s', (written, doubt) =>
  expect(read(written)).toEqual({ name: written, doubt, leftOff: [] }),
);

test.each(['张三', 'García-López', '江实习', 'WBo Li', '张三2'])(
  '%s is a name, and nothing of it is a note',
  (name) => expect(read(name)).toEqual({ name, doubt: null, leftOff: [] }),
);

test('a name that a person accepted is used as it is written; without the Setting no note is left off', () => {
  expect(read('王伟（外包）', true)).toEqual({ name: '王伟（外包）', doubt: null, leftOff: [] });
  expect(readName('王伟（外包）', { notesLeftOff: [] })).toEqual({
    name: '王伟（外包）',
    doubt: 'NOTE',
    leftOff: [],
  });
});
