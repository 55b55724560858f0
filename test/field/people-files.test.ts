import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { API_KEY, ApiBench } from '../setup/api.ts';
import { makeDataDir, removeDataDir } from '../setup/data-dir.ts';
import { runProgram } from '../setup/run-program.ts';
import { sampleFile } from './sample-file.ts';

let bench: ApiBench;
let folder: string;
beforeAll(async () => {
  bench = await ApiBench.start();
  await bench.portal.mapDepartments(['D001', 'D002']);
  folder = makeDataDir();
});
afterAll(async () => {
  await bench.stop();
  removeDataDir(folder);
});

const program = fileURLToPath(new URL('../../src/accountsync.ts', import.meta.url));

function cli(...args: readonly string[]) {
  return runProgram(program, [...args, '--locale', 'en'], {
    ACCOUNTSYNC_URL: bench.url,
    ACCOUNTSYNC_API_KEY: API_KEY,
  });
}

const preview = (name: string, ...flags: readonly string[]) =>
  cli('create-accounts', sampleFile(name), '--dry-run', ...flags);

/** A file of the test's own. */
function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function stored(): Promise<number> {
  const { requests } = await bench.portal.read('{ requests(first: 1) { totalCount } }');
  return requests.totalCount;
}

describe('PF01', () => {
  test('the exact heads win; 部门 and 电话 are named as not used', async () => {
    const { status, out, err } = await preview('people-01-two-phones-two-departments.csv');
    expect(status).toBe(0);
    expect(err).toContain('Columns that are not used: 序号, 部门, 电话');
    expect(out).toContain('W260001');
    expect(out).toContain('林晓枫');
  });

  test('of two equally likely heads the user has to choose, in the words of the file', async () => {
    const two = file(
      'two.csv',
      '工号,姓名,部门代码,手机号,移动电话,账号类型\nP1,张三,D001,13900010001,13900010002,11\n',
    );
    const asked = await cli('create-accounts', two, '--dry-run');
    expect(asked.status).toBe(2);
    expect(asked.err).toContain('phoneNumber (手机号, 移动电话)');
    expect(asked.err).toContain('--column phoneNumber=手机号');
    const chosen = await cli('create-accounts', two, '--dry-run', '--column', 'phoneNumber=移动电话');
    expect(chosen.err).toContain('Columns that are not used: 手机号');
    expect(chosen.out).toContain('P1');
  });
});

describe('PF02', () => {
  test('known heads are found behind *, （必填）, zero-width and no-break characters', async () => {
    expect((await preview('people-02-header-variants.csv')).out).toContain('W260011');
  });

  test.for(['手机', '移动电话', '联系电话', '手机号码（11位）'])('%s is a phone', async (head) => {
    const path = file('phone.csv', `工号,姓名,部门代码,${head},人员类型\nP2,张三,D001,13900010001,11\n`);
    expect((await cli('create-accounts', path, '--dry-run')).out).toContain('P2');
  });

  test.for(['员工号', '职工号', '学工号', '学号', '人员编号'])('%s is an employee number', async (head) => {
    const path = file('number.csv', `${head},姓名,部门编号,手机,人员类型\nP3,张三,D001,13900010001,11\n`);
    expect((await cli('create-accounts', path, '--dry-run')).out).toContain('P3');
  });

  test('unknown heads are shown with invisible characters written out', async () => {
    const path = file('unknown.csv', '工号,姓名,部门代码,号\u200B码\nP1,张三,D001,139\n');
    expect((await cli('create-accounts', path, '--dry-run')).err).toContain('号<U+200B>码');
  });
});

describe('PF03', () => {
  test.for([
    ['people-03-big5.csv', 'big5', '黃俊傑'],
    ['people-04-windows-1252.csv', 'windows-1252', 'Müller'],
  ])(
    '%s is not submitted: each way to read it is shown, and --encoding says which',
    async ([name, encoding, read]) => {
      const before = await stored();
      const doubted = await cli('create-accounts', sampleFile(name ?? ''));
      expect(doubted.status).toBe(2);
      expect(doubted.err).toContain(`--encoding ${encoding}`);
      expect(doubted.err).toContain(read);
      expect(await stored()).toBe(before);
      const said = await preview(name ?? '', '--encoding', encoding ?? '');
      expect(said.status).toBe(0);
      expect(said.out).toContain(read);
    },
  );

  test('a file of two encodings says which lines are which', async () => {
    const gb = Buffer.from('50312cd5c5c8fd2c443030312c31333930303031303030312c31310a', 'hex');
    const utf8 = 'P2,李四,D001,13900010002,11\n';
    const head = 'employeeNumber,employeeName,departmentCode,phoneNumber,accountType\n';
    const path = file('mixed.csv', Buffer.concat([Buffer.from(head), gb, Buffer.from(utf8)]));
    const { status, err } = await cli('create-accounts', path);
    expect(status).toBe(2);
    expect(err).toContain('UTF-8 in line 3, another in line 2');
  });
});

describe('PF05 and PF06', () => {
  test.for(['people-06-java-double.csv', 'people-07-pandas-float.csv'])(
    '%s: each line is a bad one',
    async (name) => {
      const { status, out, err } = await preview(name);
      expect(status).toBe(1);
      expect(out).toBe('');
      expect(err).toContain('the spreadsheet took it for a number');
      expect(err).toContain('nothing was sent');
    },
  );

  test('a code that became a date is one too', async () => {
    const path = file('dates.csv', '工号,姓名,部门代码,手机,人员类型\nP1,张三,3月4日,13900010001,11\n');
    expect((await cli('create-accounts', path, '--dry-run')).err).toContain('took the code for a date');
  });
});

describe('PF07', () => {
  test('marks that keep a code a text are taken off', async () => {
    const { status, out } = await preview('people-08-text-marks.csv');
    expect(status).toBe(0);
    expect(
      out
        .split('\n')
        .map((line) => line.trim().split(/\s+/)[1])
        .slice(0, 5),
    ).toEqual(['000123', '000124', '000125', '000126', '000127']);
  });
});

describe('PF08', () => {
  test('the head is found below a title, sums and signatures are no people', async () => {
    const { status, out, err } = await preview('people-09-title-and-total-rows-gbk.csv');
    expect(status).toBe(0);
    expect(err).toContain('line 7  about nobody, not read: 合计');
    expect(err).toContain('line 9  about nobody, not read: 制表人');
    expect(out.match(/(?<= )W26008\d/g)).toEqual(['W260081', 'W260082']);
  });
});

describe('PF09', () => {
  test('a placeholder is named in a required column and empty in another', async () => {
    const { status, err } = await preview('people-10-placeholders.csv');
    expect(status).toBe(1);
    expect(err).toContain(
      'line 2  departmentCode (部门代码) is #N/A: a formula of the spreadsheet found nothing',
    );
    expect(err).toContain('line 4  employeeName (姓名) is NULL');
    expect(err).toContain('line 5  phoneNumber (手机号) is 无');
    expect(err).toContain('line 7  employeeNumber (工号) is \\N');
    expect(err).not.toContain('line 3');
  });

  test('a surname Null and the country NA stay possible', async () => {
    const path = file(
      'real.csv',
      '工号,姓名,部门代码,手机,国家,人员类型\nP1,Anna Null,D001,0811234567,NA,11\n',
    );
    const { status, err, out } = await cli('create-accounts', path, '--dry-run');
    expect(err).not.toContain('COUNTRY_UNKNOWN');
    expect(status).toBe(0);
    expect(out).toContain('Anna Null');
  });
});

describe('PF10', () => {
  test.for(['people-11-sep-semicolon.csv', 'people-12-unicode-text-utf16.csv'])(
    '%s is read',
    async (name) => {
      const { status, out } = await preview(name);
      expect(status).toBe(0);
      expect(out).toMatch(/W2601[01]1/);
    },
  );

  test('a line of full-width commas is named for what it is', async () => {
    const path = file('wide.csv', '工号,姓名,部门代码,手机,人员类型\nP1，张三，D001，13900010001，11\n');
    expect((await cli('create-accounts', path, '--dry-run')).err).toContain('full-width commas');
  });
});

describe('workbooks', () => {
  test('are read by cells as text, with the sheet named', async () => {
    const { status, out, err } = await preview('people-13-workbook.xlsx');
    expect(status).toBe(0);
    expect(err).toContain('read the sheet 外包人员, and not 填写说明');
    expect(out).toContain('10000123');
    expect(out).toContain('000124');
  });

  test('say line by line which cells lost their value', async () => {
    const { status, err } = await preview('people-14-workbook-mangled.xlsx');
    expect(status).toBe(1);
    expect(err).toMatch(/line 2 {2}employeeNumber .* took it for a number/);
    expect(err).toMatch(/line 3 {2}departmentCode .* took the code for a date/);
    expect(err).toMatch(/line 5 {2}employeeNumber .* took it for a number/);
  });
});

describe('PF11', () => {
  const name = `2026级新生及新入职教职工统一身份账号开通申请表（含研究生本科生预科生留学生及外聘教师、后勤外包人员信息汇总）`;
  const rows = (count: number, from = 0) =>
    Array.from({ length: count }, (_, index) => {
      const number = String(from + index).padStart(8, '0');
      return `S${number},张三,D001,138${number},11\n`;
    }).join('');
  const head = '工号,姓名,部门代码,手机,人员类型\n';

  test('14,000 people become two requests of their own keys, however long the name of the file is', async () => {
    const path = file(`${name}.csv`, head + rows(14_000));
    const first = await cli('create-accounts', path, '--system', 'IDAAS');
    expect(first.err).toContain('14000 people in 2 requests');
    expect(first.status).toBe(0);
    const { requests } = await bench.portal.read(
      '{ requests(first: 2) { nodes { businessKey totalUsers } } }',
    );
    expect(requests.nodes.map(({ totalUsers }: { totalUsers: number }) => totalUsers).sort()).toEqual([
      10_000, 4_000,
    ]);
    for (const { businessKey } of requests.nodes)
      expect(Array.from(businessKey).length).toBeLessThanOrEqual(50);
    const before = await stored();
    expect((await cli('create-accounts', path, '--system', 'IDAAS')).out).toContain('sent before');
    expect(await stored()).toBe(before);
  });

  test('other people under the same file name are refused with advice to take a business key', async () => {
    const path = file(`${name}.csv`, head + rows(2, 50_000));
    const one = file('month.csv', head + rows(2, 60_000));
    await cli('create-accounts', one, '--system', 'IDAAS');
    file('month.csv', head + rows(2, 70_000));
    const { status, err } = await cli('create-accounts', one, '--system', 'IDAAS');
    expect(status).toBe(1);
    expect(err).toContain('--business-key');
    expect((await cli('create-accounts', path, '--dry-run')).err).not.toContain('TOO_LONG');
  });
});
