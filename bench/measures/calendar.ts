import { performance } from 'node:perf_hooks';
import pg from 'pg';
import { z } from 'zod';
import type { Service } from '../application.ts';
import { addTerm, BLOCKS_PER_CALENDAR, foundSchool, MEMBERS_PER_CALENDAR } from '../calendar-school.ts';
import type { Harness } from '../harness.ts';
import { interleave, type Measure } from '../measure.ts';
import { peakMemoryMb } from '../processor-time.ts';

/** A school of the first system's size: 9,000 blocks and 180,000 memberships (performance.md). */
const ROUNDS = 2;
const LATENCY_MS = 20;
const CONCURRENCY = 8;
const NOOP_ROUNDS = 3;
/** A term of a third of the size comes first: what a larger one takes beyond its memory is growth. */
const SMALL_SHARE = 3;

const START = `mutation ($input: StartCalendarSyncInput!) {
  startCalendarSync(input: $input) { run { runId } userErrors { message } } }`;
const started = z.object({
  data: z.object({ startCalendarSync: z.object({ run: z.object({ runId: z.string() }).nullable() }) }),
});
const outcome = z.object({
  status: z.string(),
  ms: z.coerce.number(),
  summary: z.object({
    calls: z.object({ total: z.number(), byOperation: z.record(z.string(), z.number()) }),
    events: z.object({ created: z.number() }),
    members: z.object({ created: z.number() }),
  }),
});

/** Calls a second of full runs that make a whole term, against concurrency ÷ latency; and what memory they take. */
export const calendarFull: Measure = (harness) =>
  withSchool(harness, LATENCY_MS, async (service, school) => {
    const calendars = harness.options.calendars;
    await firstRun(service, school, { term: '2019-2020-1', calendars: Math.ceil(calendars / SMALL_SHARE) });
    const smallMb = peakMemoryMb(service.pid);
    const rates: number[] = [];
    let [calls, cpuMs] = [0, 0];
    for (let round = 1; round <= ROUNDS; round += 1) {
      const before = service.processorMs() + harness.postgresMs();
      const run = await firstRun(service, school, { term: `${2020 + round}-${2021 + round}-1`, calendars });
      cpuMs += service.processorMs() + harness.postgresMs() - before;
      calls += run.calls;
      rates.push((run.calls * 1_000) / run.ms);
    }
    const ideal = rates.map(() => (CONCURRENCY * 1_000) / LATENCY_MS);
    return [
      { name: 'calendar-full', unit: 'calls/s', values: rates, limits: ideal, cpuMsPerUnit: cpuMs / calls },
      {
        name: 'calendar-memory',
        unit: 'MB',
        values: [peakMemoryMb(service.pid)],
        limits: [smallMb],
        cpuMsPerUnit: null,
      },
    ];
  });

/** Milliseconds of a run over a term in which nothing has changed, against the bare reads of the same rows. */
export const calendarNoop: Measure = (harness) =>
  withSchool(harness, 0, async (service, school, schoolUrl) => {
    const term = '2020-2021-1';
    await firstRun(service, school, { term, calendars: harness.options.calendars });
    let cpuMs = 0;
    const rounds = await interleave({
      rounds: NOOP_ROUNDS,
      limit: () => bareReads(schoolUrl, term),
      ours: async () => {
        const before = service.processorMs() + harness.postgresMs();
        const run = await sync(service, term);
        cpuMs += service.processorMs() + harness.postgresMs() - before;
        if (run.calls > 0) throw new Error(`A run without changes made ${run.calls} calls.`);
        return run.ms;
      },
    });
    return [{ name: 'calendar-noop', unit: 'ms', ...rounds, cpuMsPerUnit: cpuMs / NOOP_ROUNDS }];
  });

function withSchool<T>(
  harness: Harness,
  latencyMs: number,
  work: (service: Service, school: pg.Client, schoolUrl: string) => Promise<T>,
): Promise<T> {
  return harness.withDatabase(async (schoolUrl) => {
    const school = new pg.Client({ connectionString: schoolUrl });
    await school.connect();
    try {
      await foundSchool(school);
      const settings = { rate_limit_wps_per_second: 5_000, max_concurrency_wps: CONCURRENCY };
      const environment = { TIMETABLE_DATABASE_URL: schoolUrl };
      return await harness.withService({ latencyMs, settings, environment }, (service) =>
        work(service, school, schoolUrl),
      );
    } finally {
      await school.end();
    }
  });
}

/** Makes all calendars of a new term, at a WPS that has none yet. */
async function firstRun(
  service: Service,
  school: pg.Client,
  size: { readonly term: string; readonly calendars: number },
) {
  await addTerm(school, size);
  await fetch(`${service.controlUrl}/__sandbox/reset`, { method: 'POST' });
  const run = await sync(service, size.term);
  const made = run.events === size.calendars * BLOCKS_PER_CALENDAR;
  if (!made || run.members !== size.calendars * MEMBERS_PER_CALENDAR)
    throw new Error(`The run did not make what it should: ${JSON.stringify(run)}`);
  return run;
}

/** A full run, from its start up to its end. */
async function sync(service: Service, term: string) {
  const input = { term, kind: 'FULL' };
  const answer = started.parse(
    JSON.parse(await service.http.post(JSON.stringify({ query: START, variables: { input } }))),
  );
  const runId = answer.data.startCalendarSync.run?.runId ?? '';
  await service.until("select status not in ('RUNNING', 'PENDING') as done from sync_run where run_id = $1", [
    runId,
  ]);
  const { rows } = await service.sql.query(
    `select status, extract(epoch from finished_at - started_at) * 1000 as ms, summary from sync_run where run_id = $1`,
    [runId],
  );
  const { status, ms, summary } = outcome.parse(rows[0]);
  if (status !== 'COMPLETED') throw new Error(`${runId} ended ${status}`);
  return { ms, calls: summary.calls.total, events: summary.events.created, members: summary.members.created };
}

/** The same rows through the same driver, read and thrown away. */
async function bareReads(url: string, term: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const startedAt = performance.now();
  for (const text of [
    `select kkh, jxz, zc, jc, lq, room, ghs, xms, rq, st, ed, kcmc, sfdk, sj, zt, gx_zt from u_jw_kcb_cur where xnxq = $1`,
    'select kkh, xh, sj, zt, gx_zt from out_jw_kcb_xs where xnxq = $1',
    'select kkh, gh, sj, zt, gx_zt from out_jw_kcb_js where xnxq = $1',
  ])
    await client.query(text, [term]);
  await client.query('select xh, xm, zt from out_xsxx');
  await client.query('select gh, xm, zt from out_jsxx');
  const ms = performance.now() - startedAt;
  await client.end();
  return ms;
}
