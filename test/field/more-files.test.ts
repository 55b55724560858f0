import { describe, expect, test } from 'vitest';
import { accountColumns } from '../../clients/files/src/people-columns.ts';
import { readFile } from '../../clients/files/src/read-file.ts';
import { UnreadableFile } from '../../clients/files/src/unreadable-file.ts';
import { type Cell, type Sheet, workbook } from './workbook.ts';

const say = (_: string, english: string) => english;
const HEAD = ['工号', '姓名', '部门代码', '手机号', '账号类型'];
const csv = HEAD.join(',');

const read = (bytes: Uint8Array) => readFile(bytes, accountColumns, say);
const readText = (text: string) => read(new TextEncoder().encode(text));
const readSheets = (...sheets: readonly Sheet[]) => read(workbook(sheets));

async function refusal(bytes: Uint8Array): Promise<UnreadableFile> {
  const error = await read(bytes).catch((thrown: unknown) => thrown);
  if (!(error instanceof UnreadableFile)) throw new Error('it was read');
  return error;
}

function person(changes: { number?: Cell; name?: Cell; department?: Cell; phone?: Cell }): Cell[] {
  const { number = 'P1', name = '张三', department = 'D001', phone = '13900010001' } = changes;
  return [number, name, department, phone, '供应商'];
}

describe('encodings', () => {
  test.for([
    [
      'shift_jis',
      'shift_jis',
      '佐藤健',
      'ZW1wbG95ZWVOdW1iZXIsZW1wbG95ZWVOYW1lLGRlcGFydG1lbnRDb2RlLHBob25lTnVtYmVyLGFjY291bnRUeXBlClAwLI2yk6GMkixEMDAxLDEzOTAwMDEwMDAwLDExClAxLJfpltiJ1I5xLEQwMDEsMTM5MDAwMTAwMDEsMTEK',
    ],
    [
      'euc-jp',
      'euc-jp',
      '佐藤健',
      'ZW1wbG95ZWVOdW1iZXIsZW1wbG95ZWVOYW1lLGRlcGFydG1lbnRDb2RlLHBob25lTnVtYmVyLGFjY291bnRUeXBlClAwLLq0xqO38ixEMDAxLDEzOTAwMDEwMDAwLDExClAxLM7rzNqy1rvSLEQwMDEsMTM5MDAwMTAwMDEsMTEK',
    ],
    [
      'iso-2022-jp',
      'iso-2022-jp',
      '佐藤健',
      'ZW1wbG95ZWVOdW1iZXIsZW1wbG95ZWVOYW1lLGRlcGFydG1lbnRDb2RlLHBob25lTnVtYmVyLGFjY291bnRUeXBlClAwLBskQjo0RiM3chsoQixEMDAxLDEzOTAwMDEwMDAwLDExCg==',
    ],
    [
      'euc-kr',
      'euc-kr',
      '김철수',
      'ZW1wbG95ZWVOdW1iZXIsZW1wbG95ZWVOYW1lLGRlcGFydG1lbnRDb2RlLHBob25lTnVtYmVyLGFjY291bnRUeXBlClAwLLHow7a89ixEMDAxLDEzOTAwMDEwMDAwLDExClAxLMDMv7XI8SxEMDAxLDEzOTAwMDEwMDAxLDExCg==',
    ],
    [
      'big5-hkscs',
      'big5',
      '陳冇文',
      'ZW1wbG95ZWVOdW1iZXIsZW1wbG95ZWVOYW1lLGRlcGFydG1lbnRDb2RlLHBob25lTnVtYmVyLGFjY291bnRUeXBlClAwLLbAq1SzxyxEMDAxLDEzOTAwMDEwMDAwLDExClAxLLOvyU6k5SxEMDAxLDEzOTAwMDEwMDAxLDExCg==',
    ],
    [
      'heads in GBK, names in Shift-JIS',
      'gb18030',
      '手机号',
      'uaS6xSzQ1cP7LLK/w8W0+sLrLMrWu/q6xSzVy7rFwODQzQpQMCyNspOhjJIsRDAwMSwxMzkwMDAxMDAwMCwxMQpQMSyX6ZbYidSOcSxEMDAxLDEzOTAwMDEwMDAxLDExCg==',
    ],
  ])('%s is asked for, as %s with %s', async ([, encoding = '', name = '', base64 = '']) => {
    const { choice } = await refusal(Buffer.from(base64, 'base64'));
    if (choice?.by !== 'encoding') throw new Error('it asks for something else');
    expect(choice.readings.find((reading) => reading.encoding === encoding)?.sample).toContain(name);
  });

  test.for(['utf-16le', 'utf-16be'])('%s is read without its mark', async (encoding) => {
    const text = `${csv}\nP1,张三,D001,13900010001,11\n`;
    const bytes = Buffer.from(text, 'utf16le');
    const { rows } = await read(encoding === 'utf-16le' ? bytes : bytes.swap16());
    expect(rows[0]?.values.get('employeeName')).toBe('张三');
  });

  test.for([
    ['UTF-32', Buffer.from('fffe0000de5d0000', 'hex'), 'UTF-32'],
    ['a PDF', Buffer.from('%PDF-1.7'), 'PDF'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000', 'hex'), 'PNG'],
    ['JSON', Buffer.from('[{"employeeNumber":"1"}]'), 'ends in .json'],
    ['a web page under the name of a table', Buffer.from('<html><table><tr><td>工号'), 'HTML'],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'Excel (.xls)'],
  ] as const)('%s is named for what it is', async ([, bytes, named]) => {
    expect((await refusal(bytes)).message).toContain(named);
  });
});

describe('cells of a CSV', () => {
  const numbers = [
    '1.23E+10',
    '1E5',
    '1e21',
    '10001.00',
    'TRUE',
    '202600000000000000',
    '9.99999E+14',
    '5E-324',
  ];
  const dates = ['1:30', '8:05:00', '2026-03-04', '4-Mar', 'Mar-26', '3月4日', '2026/3/4 0:00'];
  const nothing = ['null', 'ＮＵＬＬ', 'N.A.', 'nan', 'Infinity', '-', '无'];
  const formulas = ['#REF!', '#DIV/0!', '#NAME?', '#######', '#SPILL!', '#名称?', 'Err:502', '=A1'];
  test.for([
    ...numbers.map((cell) => [cell, 'took it for a number']),
    ...dates.map((cell) => [cell, 'took the code for a date']),
    ...nothing.map((cell) => [cell, 'stands for nothing']),
    ...formulas.map((cell) => [cell, 'formula']),
  ])('the number %s is told as what %s', async ([cell = '', told = '']) => {
    const { rows, problems } = await readText(`${csv}\n${cell},张三,D001,13900010001,11\n`);
    expect(rows).toEqual([]);
    expect(problems[0]?.message).toContain(told);
  });

  test.for(['P1', '000126', '1D5', '3-4', '10001', 'A.1'])('the number %s is one', async (cell) => {
    const { rows } = await readText(`${csv}\n${cell},张三,D001,13900010001,11\n`);
    expect(rows[0]?.values.get('employeeNumber')).toBe(cell);
  });

  test.for(['10E2', '3-4', '1.1', '01', '202600000000000000'])('the department %s is one', async (cell) => {
    const { rows } = await readText(`${csv}\nP1,张三,${cell},13900010001,11\n`);
    expect(rows[0]?.values.get('departmentCode')).toBe(cell);
  });
});

describe('cells of a workbook', () => {
  test('numbers have the zeros that the sheet shows', async () => {
    const shown = person({
      number: { number: '126', format: 'leading zeros' },
      department: { number: '1001' },
    });
    const { rows } = await readSheets({ name: '名单', rows: [HEAD, shown] });
    expect(rows[0]?.values.get('employeeNumber')).toBe('000126');
    expect(rows[0]?.values.get('departmentCode')).toBe('1001');
  });

  test.for([
    [person({ department: { error: '#N/A' } }), 'departmentCode (部门代码) is #N/A: a formula'],
    [person({ name: { error: '#REF!' } }), 'employeeName (姓名) is #REF!: a formula'],
    [person({ number: { number: '44927', format: 'date' } }), 'took the code for a date'],
    [person({ department: { number: '0.354166666666667', format: 'time' } }), 'took the code for a date'],
    [person({ number: { number: '10000.999999999999' } }), 'took it for a number'],
    [person({ number: { number: '2.0260000000000003E17' } }), 'took it for a number'],
    [person({ department: null }), 'departmentCode is empty'],
  ] as const)('%o is a bad line: %s', async ([cells, told]) => {
    const { rows, problems } = await readSheets({ name: '名单', rows: [HEAD, cells] });
    expect(rows).toEqual([]);
    expect(problems[0]?.message).toContain(told);
  });

  test('a merged title is passed over, and lines that are hidden are named', async () => {
    const { rows, passedOver, readAs } = await readSheets({
      name: '名单',
      rows: [['花名册', null], HEAD, person({}), person({ number: 'P2' })],
      merged: ['A1:E1'],
      hidden: [3],
    });
    expect(rows.map(({ line }) => line)).toEqual([3, 4]);
    expect(passedOver).toMatchObject([{ line: 1, message: '花名册' }]);
    expect(readAs).toMatchObject({ kind: 'sheet', sheet: '名单', hidden: [4] });
  });

  test('of two lists none is left out without a word: the user chooses', async () => {
    const sheets = ['一月', '二月'].map((name, index) => ({
      name,
      rows: [HEAD, person({ number: `P${index}` })],
    }));
    expect((await refusal(workbook(sheets))).choice).toEqual({ by: 'sheet', sheets: ['一月', '二月'] });
    const { rows } = await readFile(workbook(sheets), accountColumns, say, { sheet: '二月' });
    expect(rows[0]?.values.get('employeeNumber')).toBe('P1');
  });
});
