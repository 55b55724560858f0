import type { CalendarBench } from './bench.ts';
import { TERM } from './bench.ts';

export const OTHER_TERM = '2023-2024-2';
const DAY = '2025-03-04';
const numbers = (count: number, first: number) =>
  Array.from({ length: count }, (_, index) => String(first + index));
/** As many as a batch and one more; and numbers that are 1,690 characters long together. */
export const OVER_A_BATCH = numbers(101, 2_024_000_000);
export const LONG_LIST = numbers(130, 202_400_000_000);

/** A course for each case that the first system got wrong (calendar-facts.md §7.3, §8); called after the case. */
export async function foundCases(school: CalendarBench): Promise<void> {
  const twoPeriods = async (offering: string) => {
    for (const period of [3, 4]) await school.lesson(offering, DAY, period);
    await school.teach(offering, '100001');
  };
  for (const offering of ['onePeriodChanges', 'onePeriodGoes', 'renamed', 'roomMoves', 'withTime'])
    await twoPeriods(offering);
  await twoPeriods('teacherSwaps');
  await twoPeriods('twoTerms');
  await school.lesson('twoTerms', '2024-03-05', 3, { xnxq: OTHER_TERM, kcmc: '课程twoTerms旧' });
  await school.lesson('twoNames', DAY, 3, { kcmc: '课程twoNames' });
  await school.lesson('twoNames', DAY, 4, { kcmc: '课程twoNames' });
  await school.lesson('twoNames', '2025-03-11', 3, { kcmc: '另一名称' });
  await school.lesson('overABatch', DAY, 3);
  for (const student of OVER_A_BATCH) await school.enrol('overABatch', student);
  await school.lesson('longList', DAY, 3);
  for (const student of LONG_LIST) await school.enrol('longList', student);
  await school.lesson('unknown', DAY, 3);
  for (const student of ['s1', 'x404', 's2']) await school.enrol('unknown', student);
  for (const period of [5, 6, 9, 10]) await school.lesson('evening', DAY, period);
  for (const period of [1, 2, 4]) await school.lesson('gap', DAY, period);
  for (const room of ['1223', '1224']) await school.lesson('twoRooms', DAY, 3, { room });
  await school.lesson('twoRooms', DAY, 4);
  await school.lesson('nullChange', DAY, 3, { zt: null });
  await school.enrol('nullChange', 's1', { zt: null });
  await school.enrol('nullChange', 's2', { zt: 'delete' });
  await school.lesson('deletedOnly', DAY, 3, { zt: 'delete' });
  await school.lesson('checkIn', DAY, 3, { sfdk: '1' });
  await school.lesson('checkIn', DAY, 4, { sfdk: '1' });
  await school.lesson('refused', DAY, 3);
  await school.lesson('refused', DAY, 4, { rq: 'next Tuesday' });
  await school.lesson('refused', DAY, 5, { st: '14:15:00', ed: '13:30:00' });
  await school.lesson('refused', DAY, 6, { jc: null });
}

/** A day of changes, one to each course that is called after one. */
export async function changeCases({ school }: CalendarBench): Promise<void> {
  const change = (set: string, where: string, values: readonly string[] = []) =>
    school.query(`update u_jw_kcb_cur set ${set} where ${where}`, [...values]);
  await change("room = '1301', zt = 'update', gx_zt = null", "kkh = 'onePeriodChanges' and jc = 4");
  await change("zt = 'delete', gx_zt = null", "kkh = 'onePeriodGoes' and jc = 4");
  await change("kcmc = '新名称', zt = 'update'", "kkh = 'renamed'");
  await change("room = '9999', zt = 'update'", "kkh = 'roomMoves'");
  await change("ghs = '100009', xms = '王五', zt = 'update'", "kkh = 'teacherSwaps'");
  await school.query(
    "update out_jw_kcb_js set zt = 'delete', sj = '2025-03-01 08:00:00' where kkh = 'teacherSwaps'",
  );
  await school.query(
    `insert into out_jw_kcb_js (kkh, gh, xnxq, sj, zt) values ('teacherSwaps', '100009', '${TERM}', '2025-03-01 08:00:00', 'add')`,
  );
  await change("rq = left(rq, 10), zt = 'update'", "kkh = 'withTime'");
  await change("room = '2222', zt = 'update'", "kkh = 'checkIn'");
}
