import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Service } from '../application.ts';
import type { Harness } from '../harness.ts';
import type { Figure, Measure } from '../measure.ts';
import { completed, submit } from '../submit.ts';
import { timedJob } from '../timed-job.ts';
import { fill, type Size, sizeOf } from './fill.ts';
import { type Question, questionsOf } from './questions.ts';

const ROUNDS = 15;
/** The service keeps the figures of `/metrics` for this long. */
const METRICS_LIVE_MS = 5_100;
const SYSTEMS = ['IDAAS', 'WELINK', 'EMAIL'];
const PEOPLE_OF_A_REQUEST = 100;
const answerSchema = z.object({ errors: z.array(z.unknown()).optional() });

/**
 * Milliseconds of every list, search, statistic, dry run and job at ten thousand tasks, a hundred thousand and a
 * million: the limit is the smallest, so the ratio says what grows. Each with a service and a database of its own.
 */
export const growth: Measure = async (harness) => {
  const { tasks } = harness.options;
  const sizes = [tasks / 100, tasks / 10, tasks].map(sizeOf);
  const taken: ReadonlyMap<string, readonly number[]>[] = [];
  for (const size of sizes) {
    taken.push(await measureAt(harness, size));
    // After each size: a run that is ended early has shown what it found.
    printTable(sizes.slice(0, taken.length), taken);
  }
  const [smallest] = taken;
  const largest = taken.at(-1);
  const figures: Figure[] = [];
  for (const [name, values] of largest ?? [])
    figures.push({
      name: `growth-${name}`,
      unit: 'ms',
      values,
      limits: smallest?.get(name) ?? null,
      cpuMsPerUnit: null,
    });
  return figures;
};

function measureAt(harness: Harness, size: Size): Promise<ReadonlyMap<string, readonly number[]>> {
  return harness.withService({ latencyMs: 0, settings: { hr_sync_enabled: false } }, async (service) => {
    await fill(service.sql, size);
    await sealed(service);
    await service.sql.query('vacuum analyze audit_seal');
    const taken = new Map<string, number[]>();
    for (const question of questionsOf(size)) taken.set(question.name, await ask(service, question));
    taken.set('verify-audit', await rounds(3, () => verifyAudit(service)));
    taken.set('sweep', await rounds(3, () => timedJob(service, 'provisioning.sweep')));
    taken.set('create-accounts', await rounds(3, () => createAccounts(service)));
    return taken;
  });
}

/** Waits until every entry is under a seal, as on a system that has been running. */
async function sealed({ sql }: Service): Promise<void> {
  for (;;) {
    const { rows } = await sql.query<{ done: boolean }>(
      `select coalesce((select sum(entries) from audit_seal), 0) >= (select count(*) from audit_entry) - 1000 as done`,
    );
    if (rows[0]?.done === true) return;
    await delay(5_000);
  }
}

async function rounds(count: number, work: () => Promise<number>): Promise<number[]> {
  const values: number[] = [];
  for (let round = 0; round < count; round += 1) values.push(await work());
  return values;
}

async function ask({ http }: Service, { name, document, path }: Question): Promise<number[]> {
  const once = async () => {
    if (path !== undefined) await delay(METRICS_LIVE_MS);
    const startedAt = performance.now();
    const answer =
      document === undefined
        ? await http.get(path ?? '/')
        : await http.post(JSON.stringify({ query: document }));
    const ms = performance.now() - startedAt;
    if (document !== undefined && answerSchema.parse(JSON.parse(answer)).errors !== undefined)
      throw new Error(`${name}: ${answer.slice(0, 500)}`);
    return ms;
  };
  // Compiles the operation and warms the cache, as for a caller who asks often.
  await once();
  return rounds(path === undefined ? ROUNDS : 3, once);
}

const verificationSchema = z.object({
  data: z.object({
    verifyAudit: z.object({
      complete: z.boolean(),
      upTo: z.string(),
      entries: z.number(),
      problem: z.null(),
    }),
  }),
});

/** Milliseconds per million entries: all of them are read, so only the rest may not grow. */
async function verifyAudit({ http }: Service): Promise<number> {
  const query = `query ($after: String) { verifyAudit(after: $after) { complete upTo entries problem { kind } } }`;
  const startedAt = performance.now();
  let entries = 0;
  for (let after = '0'; ; ) {
    const answer = JSON.parse(await http.post(JSON.stringify({ query, variables: { after } })));
    const found = verificationSchema.parse(answer).data.verifyAudit;
    entries += found.entries;
    if (found.complete) return ((performance.now() - startedAt) * 1e6) / entries;
    after = found.upTo;
  }
}

/** Claiming and settling in a full database: a hundred people in three systems whose calls take no time. */
async function createAccounts(service: Service): Promise<number> {
  const startedAt = performance.now();
  await completed(service, await submit(service, { users: PEOPLE_OF_A_REQUEST, systems: SYSTEMS }));
  return performance.now() - startedAt;
}

/** The fastest of each: other programs on the machine only add to it. */
function printTable(sizes: readonly Size[], taken: readonly ReadonlyMap<string, readonly number[]>[]): void {
  const lines = [...(taken[0]?.keys() ?? [])].map((name) => {
    const fastest = taken.map((of) => Math.min(...(of.get(name) ?? [])));
    const [first = Number.NaN] = fastest;
    const growth = (fastest.at(-1) ?? Number.NaN) / first;
    return `| ${name} | ${fastest.map((ms) => ms.toFixed(1)).join(' | ')} | ${growth.toFixed(1)} |`;
  });
  const head = `| fastest ms at so many tasks | ${sizes.map(({ tasks }) => tasks).join(' | ')} | growth |`;
  process.stderr.write(`${[head, `|---|${'---|'.repeat(sizes.length + 1)}`, ...lines].join('\n')}\n`);
}
