import { describe, expect, test } from 'vitest';
import type { Column } from './column.ts';
import { readRows } from './read-rows.ts';

const say = (_: string, english: string) => english;
const columns: readonly Column[] = [
  { field: 'employeeNumber', aliases: ['工号'], required: true, isCode: true },
  { field: 'employeeName', aliases: ['姓名'], required: true, isCode: false },
  { field: 'country', aliases: [], required: false, isCode: false },
];

/** Lines with their values, and what is wrong with the others. */
function read(text: string) {
  const { rows, problems, ignored } = readRows(text, columns, say);
  return {
    rows: rows.map(({ line, values }) => [line, ...values.values()]),
    problems: problems.map(({ line, message }) => `${line}: ${message}`),
    ignored,
  };
}

describe('a file of rows', () => {
  test('is read by its head, in any order, in Chinese or as the API calls it', () => {
    expect(read('姓名,employee_number,备注\n张三,P1,x\n李四,P2,\n')).toEqual({
      rows: [
        [2, '张三', 'P1'],
        [3, '李四', 'P2'],
      ],
      problems: [],
      ignored: ['备注'],
    });
  });

  test('may have a byte order mark, any line ends, empty lines and columns of blanks', () => {
    expect(read('\uFEFFEmployee Number,employeeName\r\nP1, 张三 \r\n\r\n,\r\nP2,李四,,\r\n').rows).toEqual([
      [2, 'P1', '张三'],
      [5, 'P2', '李四'],
    ]);
    expect(read('employeeNumber,employeeName\rP1,张三\rP2,李四').rows).toHaveLength(2);
  });

  test('keeps commas, quotes and line breaks within quotes, and counts lines as an editor does', () => {
    expect(read('employeeNumber,employeeName\r\nP1,"a, ""b""\r\nc"\r\nP2,李四\r\n').rows).toEqual([
      [2, 'P1', 'a, "b"\nc'],
      [4, 'P2', '李四'],
    ]);
  });

  test('says every bad line with its number, and reads the others', () => {
    const text =
      'employeeNumber,employeeName\nP1,张三\n,李四\nP3\nP4,王五,CN,x\nP5,赵"六\nP6,孙七\n1.2E+05,周八\n';
    expect(read(text)).toEqual({
      rows: [
        [2, 'P1', '张三'],
        [7, 'P6', '孙七'],
      ],
      problems: [
        '3: employeeNumber is empty',
        '4: has 1 columns instead of 2; employeeName is empty',
        '5: has 4 columns instead of 2',
        expect.stringContaining('6: a quote in the middle of a field'),
        expect.stringContaining('8: employeeNumber is 1.2E+05: the spreadsheet took it for a number'),
      ],
      ignored: [],
    });
  });

  test.for(['1.2E+05', '1E+05', '1,2e+11', '-1.20E-03'])(
    'refuses %s as a number of an employee',
    (number) => {
      expect(read(`employeeNumber,employeeName\n"${number}",张三\n`).rows).toEqual([]);
    },
  );

  test.for(['12E5', 'E+05', 'P1.2E', '1.2-05'])('does not take %s for one', (number) => {
    expect(read(`employeeNumber,employeeName\n${number},张三\n`).rows).toHaveLength(1);
  });

  test('says where a quote begins that never ends, and nothing about what stands behind it', () => {
    expect(read('employeeNumber,employeeName\nP1,张三\nP2,"李四\nP3,王五\n')).toMatchObject({
      rows: [[2, 'P1', '张三']],
      problems: [expect.stringMatching(/^3: a quote that does not end as it should/)],
    });
    expect(read('employeeNumber,employeeName\nP1,"张"三\nP2,李四\n').problems).toEqual([
      expect.stringMatching(/^2: a quote that does not end as it should/),
    ]);
  });

  test('without a column that is needed, or with one twice, says which', () => {
    expect(() => read('编;名\nP1;张三\n')).toThrow('employeeNumber or 工号, employeeName or 姓名');
    expect(() => read('工号,姓名,employeeNumber\nP1,张三,P1\n')).toThrow('twice: employeeNumber');
    expect(() => read('')).toThrow('The file is empty.');
  });
});
