import { sql } from 'kysely';
import {
  type BlockPlan,
  planBlocks,
  type RefusedLesson,
  type StoredBlock,
} from '../../../domain/calendar/plan-blocks.ts';
import type { LessonRow } from '../../../domain/calendar/source-rows.ts';
import { outsideTransaction } from '../../../entities/transaction.ts';
import { type CalendarRunContext, chunksOf, eachOf, readSource } from '../kit/run-context.ts';
import { type LessonExtract, printOf } from './extract.ts';
import { refusedItem } from './plan-items.ts';
import { storeBlockPlans } from './store-blocks.ts';

/** Offerings that are read and planned together. */
const OFFERINGS_PER_READ = 50;
/** While one part is stored the next is read. */
const READS_AT_ONCE = 2;

/** Result of planning the lessons. */
export interface LessonPlans {
  /** Of a dry run: what would be, by offering. */
  readonly plans: ReadonlyMap<string, BlockPlan>;
  readonly changed: readonly string[];
}

interface OfferingRow {
  readonly offering: string;
  readonly lessons_print: string | null;
  readonly refused_count: number;
  readonly open: boolean;
}

/**
 * Plans every offering whose rows, or what planning depends on, changed since it was planned last: a run stores what
 * should be, a dry run keeps it. Safe to run twice.
 */
export async function planLessons(context: CalendarRunContext, extract: LessonExtract): Promise<LessonPlans> {
  const { recorder, term } = context;
  const stored = await readOfferings(context);
  const basis = `${term.policy}|${context.attendanceUrl ?? ''}|`;
  const printNow = (offering: string) => `${basis}${printOf(extract.prints, offering)}`;
  const names = new Set([...extract.prints.keys(), ...stored.keys()]);
  const changed = [...names].filter((offering) => {
    const row = stored.get(offering);
    const mustTell = (row?.refused_count ?? 0) > 0 || (context.run.mode === 'DRY_RUN' && row?.open === true);
    return mustTell || row?.lessons_print !== printNow(offering);
  });
  const refused: RefusedLesson[] = [...extract.homeless];
  const plans = new Map<string, BlockPlan>();
  recorder.addTotal(changed.length);
  await eachOf(chunksOf(changed.toSorted(), OFFERINGS_PER_READ), READS_AT_ONCE, async (offerings) => {
    context.stopping.throwIfAborted();
    const rows = await readSource(context, () => readLessons(context, offerings));
    const blocks = await readBlocks(context, offerings);
    const part = offerings.map((offering) =>
      planBlocks({
        term: term.code,
        offering,
        policy: term.policy,
        attendanceUrl: context.attendanceUrl,
        rows: rows.get(offering) ?? [],
        stored: blocks.get(offering) ?? [],
      }),
    );
    refused.push(...part.flatMap((plan) => plan.refused));
    if (context.run.mode === 'DRY_RUN') for (const plan of part) plans.set(plan.offering, plan);
    else
      await recorder.transaction((tx) =>
        storeBlockPlans(tx, { term: term.id, termCode: term.code, plans: part, printNow }),
      );
    await recorder.record({ done: offerings.length });
  });
  recorder.summary.rejected = refused.length;
  await recorder.transaction((tx) => recorder.storeItems(tx, refused.map(refusedItem)));
  return { plans, changed };
}

async function readOfferings(context: CalendarRunContext): Promise<Map<string, OfferingRow>> {
  const { rows } = await sql<OfferingRow>`
    select o.offering, o.lessons_print, o.refused_count,
      coalesce(c.wps_calendar_id is null or c.title is distinct from c.desired_title or exists (
        select 1 from lesson_block b where b.calendar_id = c.id and b.event_state in ('PENDING', 'STALE', 'FAILED')
      ), false) as open
    from timetable_offering o left join course_calendar c on c.term_id = o.term_id and c.offering = o.offering
    where o.term_id = ${context.term.id}::bigint`.execute(outsideTransaction(context.em.fork()));
  return new Map(rows.map((row) => [row.offering, row]));
}

async function readLessons(
  context: CalendarRunContext,
  offerings: readonly string[],
): Promise<Map<string, LessonRow[]>> {
  const all: LessonRow[] = [];
  for await (const batch of context.source.lessons({ term: context.term.code, offerings }))
    all.push(...batch);
  return Map.groupBy(all, (row) => row.offering ?? '');
}

/** Blocks that exist, or whose event may still exist. */
async function readBlocks(
  context: CalendarRunContext,
  offerings: readonly string[],
): Promise<Map<string, StoredBlock[]>> {
  const { rows } = await sql<StoredBlock & { readonly offering: string }>`
    select b.id, c.offering, to_char(b.date, 'YYYY-MM-DD') as date,
      to_char(b.starts_at at time zone 'Asia/Shanghai', 'HH24:MI:SS') as start, b.external_id as "externalId",
      b.event_state as "eventState", b.pushed_hash as "pushedHash",
      b.wps_event_id is not null or b.sent_at is not null as "mayExist"
    from lesson_block b join course_calendar c on c.id = b.calendar_id
    where c.term_id = ${context.term.id}::bigint and c.offering = any(${[...offerings]}::text[])
      and (b.removed_at is null or b.event_state in ('STALE', 'FAILED'))
    order by b.starts_at, b.id`.execute(outsideTransaction(context.em.fork()));
  return Map.groupBy(rows, (row) => row.offering);
}
