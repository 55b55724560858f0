import { expect, test } from 'vitest';
import { PageTally } from './page-tally.ts';

const keysOf = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `E${from + index}`);

function read(
  tally: PageTally,
  pages: readonly (readonly string[])[],
  counts: { readonly totalCount?: number } = {},
) {
  for (const [index, keys] of pages.entries())
    tally.add({
      number: index + 1,
      rowCount: keys.length,
      totalPages: pages.length,
      totalCount: counts.totalCount ?? null,
      keys,
    });
  return tally.judge();
}

const tallyOf = (resumedRows = 0) => new PageTally({ pageSize: 10, resumedRows });

test('one page needs no second look, several do, and one that finds nobody ends it', () => {
  expect(read(tallyOf(), [keysOf(0, 7)])).toEqual({ kind: 'complete' });
  const tally = tallyOf();
  const pages = [keysOf(0, 10), keysOf(10, 17)];
  expect(read(tally, pages, { totalCount: 17 })).toEqual({ kind: 'look-again' });
  tally.lookAgain();
  expect(read(tally, pages, { totalCount: 17 })).toEqual({ kind: 'complete' });
});

test('a run that another worker began does not look at pages whose rows it does not know', () => {
  const tally = tallyOf(10);
  tally.add({ number: 2, rowCount: 7, totalPages: 2, totalCount: 17, keys: keysOf(10, 17) });
  expect(tally.judge()).toEqual({ kind: 'complete' });
});

test('a company where people come all the time is read four times and is complete; one that stays short is not', () => {
  const busy = tallyOf();
  const looks = [17, 18, 19, 20].map((count, index) => {
    if (index > 0) busy.lookAgain();
    return read(busy, [keysOf(0, 10), keysOf(10, count)], { totalCount: count }).kind;
  });
  expect(looks).toEqual(['look-again', 'look-again', 'look-again', 'complete']);
  const short = tallyOf();
  read(short, [keysOf(0, 10), keysOf(10, 17)], { totalCount: 30 });
  short.lookAgain();
  expect(read(short, [keysOf(0, 10), keysOf(10, 17)], { totalCount: 30 })).toEqual({
    kind: 'incomplete',
    count: 17,
    expected: 30,
  });
});
