import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RawPageRequest } from '../setup/raw-hr.ts';
import { HrBench } from './hr-bench.ts';

let field: HrBench;
beforeAll(async () => {
  field = await HrBench.start();
});
afterAll(() => field.stop());
beforeEach(() => field.clear());

const sample = (name: string) => readFileSync(new URL(`files/${name}`, import.meta.url), 'utf8');

function rowOf(index: number) {
  return {
    personId: `p${index}`,
    employeeNumber: `E${String(index).padStart(5, '0')}`,
    fullName: '林晓枫',
    personType: '10',
    employeeStatus: '1',
    lastUpdateDate: '2026-03-01 10:00:00',
  };
}

const COMPANY = Array.from({ length: 450 }, (_, index) => rowOf(index));

/** Answers pages of `size` people; `pageInfo` is what it says of them. */
function pages(
  pageInfo: (page: number) => unknown,
  options: { readonly size?: number; readonly people?: (call: number) => readonly unknown[] } = {},
) {
  const size = options.size ?? 200;
  let calls = 0;
  return ({ curPage }: RawPageRequest) => {
    calls += 1;
    const people = options.people?.(calls) ?? COMPANY;
    const result = people.slice((curPage - 1) * size, curPage * size);
    return { status: 200, data: { result, pageInfo: pageInfo(curPage) } };
  };
}

describe('UP01', () => {
  test.for([
    ['hr-01-result-null.json', sample('hr-01-result-null.json')],
    ['data: null', '{"status":200,"data":null}'],
    ['data: {}', '{"status":200,"data":{}}'],
    ['result missing', '{"status":200,"data":{"pageInfo":{"totalPages":0}}}'],
    ['one empty page', '{"status":200,"data":{"result":[],"pageInfo":{"totalPages":1,"totalCount":0}}}'],
  ])('%s is a quiet night: nobody changed, and the watermark moves', async ([, quiet]) => {
    field.hr.answer(pages(() => ({ totalPages: 3, totalCount: 450 })));
    await field.sync();
    const before = await field.watermark();
    field.hr.answer(() => quiet ?? '');
    expect(await field.sync()).toMatchObject({ status: 'COMPLETED', summary: { fetched: 0 } });
    expect(String(await field.watermark()) > String(before)).toBe(true);
    expect(await field.sync({ full: true })).toMatchObject({
      status: 'FAILED',
      error_code: 'HR_SOURCE_EMPTY',
    });
    expect(await field.people()).toHaveLength(450);
  });

  test('nobody on a page where people were promised is no quiet night', async () => {
    field.hr.answer(
      () => '{"status":200,"data":{"result":null,"pageInfo":{"totalPages":3,"totalCount":450}}}',
    );
    expect(await field.sync()).toMatchObject({ status: 'FAILED', error_code: 'HR_PAGE_FAILED' });
    expect(await field.watermark()).toBeNull();
  });
});

describe('UP02', () => {
  test('whoever stands on two pages is one person, and a page that shows the last one again is the end', async () => {
    field.hr.answer(({ curPage }) => {
      const first = Math.min(curPage - 1, 2) * 150;
      return { status: 200, data: { result: COMPANY.slice(first, first + 200), pageInfo: {} } };
    });
    expect((await field.sync()).status).toBe('COMPLETED');
    expect(await field.people()).toHaveLength(450);
  });

  test('pages that begin at zero lose the first: the run fails', async () => {
    field.hr.answer(({ curPage }) => ({
      status: 200,
      data: {
        result: COMPANY.slice(curPage * 200, curPage * 200 + 200),
        pageInfo: { totalPages: 3, totalCount: 450 },
      },
    }));
    expect(await field.sync()).toMatchObject({ status: 'FAILED', error_code: 'HR_COUNTS_CONTRADICT' });
    expect(await field.watermark()).toBeNull();
  });

  test.for<[string, (page: number) => unknown, number?]>([
    ['null', () => ({ totalPages: null, totalCount: 450 })],
    ['null without a count', () => ({ totalPages: null })],
    ['an empty text', () => ({ totalPages: '' })],
    ['false', () => ({ totalPages: false })],
    ['0 with a full page', () => ({ totalPages: 0 })],
    ['"3"', () => ({ totalPages: '3' })],
    ['3.0', () => ({ totalPages: 3.0 })],
    ['missing with all of pageInfo', () => undefined],
    ['3, then 2', (page) => ({ totalPages: page === 1 ? 3 : 2 })],
    ['1, then 2, then 3', (page) => ({ totalPages: page })],
    ['3 for pages of 200, which are capped at 100', () => ({ totalPages: 3 }), 100],
    ['1 for everybody, with pages capped at 50', () => ({ totalPages: 1, totalCount: 450 }), 50],
    ['1 and a count of fewer people than came', () => ({ totalPages: 1, totalCount: 3 })],
    ['empty and a count of nobody', () => ({ totalPages: '', totalCount: 0 })],
    ['null and a count of the page in place of everybody', () => ({ totalPages: null, totalCount: 200 })],
    ['null and a count of the page, which is capped', () => ({ totalPages: null, totalCount: 100 }), 100],
    ['-1, as of a count that failed', () => ({ totalPages: -1, totalCount: -1 })],
    ['in words', () => ({ totalPages: '3页', totalCount: '450条' })],
    ['full-width', () => ({ totalPages: '３', totalCount: '４５０' })],
    [
      '3, with a count of people who are hidden',
      (page) => ({ totalPages: 3, totalCount: page === 3 ? 450 : 451 }),
    ],
    ['one too many, the last being empty', () => ({ totalPages: 4, totalCount: 450 })],
  ])('totalPages %s: all 450 are stored', async ([, pageInfo, size]) => {
    field.hr.answer(pages(pageInfo, { size: size ?? 200 }));
    expect(await field.sync()).toMatchObject({ status: 'COMPLETED', summary: { fetched: 450 } });
    expect(await field.people()).toHaveLength(450);
    expect(await field.watermark()).not.toBeNull();
  });

  test('one of 450, again and again, is not everybody: the run fails and the watermark stays', async () => {
    const body = sample('hr-02-pageinfo-null.json');
    field.hr.answer(() => body);
    expect(await field.sync()).toMatchObject({ status: 'FAILED', error_code: 'HR_COUNTS_CONTRADICT' });
    expect(await field.watermark()).toBeNull();
  });

  test('a short page in the middle that stays short is a failure, not the end', async () => {
    field.hr.answer(({ curPage }) => {
      const first = (curPage - 1) * 200;
      const result = COMPANY.slice(first, curPage === 2 ? first + 150 : first + 200);
      return { status: 200, data: { result, pageInfo: { totalPages: 3 } } };
    });
    expect(await field.sync()).toMatchObject({ status: 'FAILED', error_code: 'HR_COUNTS_CONTRADICT' });
    expect(await field.watermark()).toBeNull();
  });

  test('a source that always shows its first page is a failure', async () => {
    field.hr.answer(() => ({
      status: 200,
      data: { result: COMPANY.slice(0, 200), pageInfo: { totalPages: 3 } },
    }));
    expect(await field.sync()).toMatchObject({ status: 'FAILED', error_code: 'HR_COUNTS_CONTRADICT' });
  });

  test('whoever slips to a page that was read already is found by a second look', async () => {
    // Between the first page and the second somebody of the first is deleted, and everybody moves up by one.
    const people = (call: number) => (call === 1 ? COMPANY : COMPANY.slice(1));
    field.hr.answer((request) => {
      const call = field.hr.asked.length;
      const result = people(call).slice((request.curPage - 1) * 200, request.curPage * 200);
      return { status: 200, data: { result, pageInfo: { totalPages: 3, totalCount: people(call).length } } };
    });
    expect((await field.sync()).status).toBe('COMPLETED');
    expect(await field.people()).toHaveLength(450);
  });

  test('whoever changes and moves to the front while it is read is found too', async () => {
    const moved = [...COMPANY.slice(420, 421), ...COMPANY.slice(0, 420), ...COMPANY.slice(421)];
    field.hr.answer(pages(() => ({ totalPages: 3 }), { people: (call) => (call === 1 ? COMPANY : moved) }));
    expect((await field.sync()).status).toBe('COMPLETED');
    expect(await field.people()).toHaveLength(450);
  });

  test('one removed and one added between two pages leave the counts as they were; who slipped between is found', async () => {
    // E00005 goes and E00450 comes once the first page is read: 450 in all, and E00200 moves onto the first page.
    const later = [...COMPANY.filter((_, index) => index !== 5), rowOf(450)];
    field.hr.answer(
      pages(() => ({ totalPages: 3, totalCount: 450 }), { people: (call) => (call === 1 ? COMPANY : later) }),
    );
    expect(await field.sync()).toMatchObject({ status: 'COMPLETED', summary: { pages: 3, fetched: 451 } });
    expect((await field.people()).map((person) => person.employee_number)).toContain('E00200');
    expect(await field.people()).toHaveLength(451);
  });

  test('one page is asked for once: nothing can move between pages', async () => {
    field.hr.answer(pages(() => ({ totalPages: 1 }), { people: () => COMPANY.slice(0, 43) }));
    expect(await field.sync()).toMatchObject({ status: 'COMPLETED', summary: { pages: 1, fetched: 43 } });
    expect(field.hr.asked).toHaveLength(1);
  });
});
