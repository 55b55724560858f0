import diagnostics from 'node:diagnostics_channel';
import { writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import pg from 'pg';
import { processEnvironment } from '../../../src/environment/env.ts';

/**
 * Loaded before the service (`node --import`): counts the SQL and HTTP operations of the work, and ends the process with
 * SIGKILL at the one named by CRASH_AT, before it begins or after it is over (CRASH_WHEN). With CRASH_AT=0 it only
 * counts. CRASH_SIGNAL=SIGSTOP freezes it there instead, until somebody sends SIGCONT. CRASH_FIRST is the statement that the work begins with, CRASH_ONLY which of its operations count; both are
 * patterns. What a worker does without any work (polling, leases, clocks of the queue) is not counted, so that the same
 * number is the same operation in every run.
 */
const variables = processEnvironment();
const at = Number(variables['CRASH_AT'] ?? '0');
const when = variables['CRASH_WHEN'] ?? 'before';
/** The first statement of the work; what comes before it belongs to the start of the process. */
const FIRST = new RegExp(variables['CRASH_FIRST'] ?? 'from account_request where id = \\$1');
const ONLY = new RegExp(variables['CRASH_ONLY'] ?? '');
const IDLE =
  /^\s*(LISTEN|UNLISTEN|SET |SHOW |select pg_(try_)?advisory|select pg_notify|select "key", "value" from "setting")|SKIP LOCKED\s|heartbeat_on = |pgboss\.(version|schedule|queue|warning|bam|monitor)/i;

let begun = false;
let count = 0;
/** Connections inside of a transaction: what is done there is seen by nobody else yet. */
const inTransaction = new WeakSet<pg.Client>();

function follow(client: pg.Client, text: string): boolean {
  const within = inTransaction.has(client);
  if (/^begin/i.test(text)) inTransaction.add(client);
  if (/^(commit|rollback)/i.test(text)) inTransaction.delete(client);
  return within && inTransaction.has(client);
}

function reached(name: string, within = false): boolean {
  if (!ONLY.test(name)) return false;
  count += 1;
  // Whoever only counts has loaded everything, and lives to tell the next ones what it compiled.
  if (at === 0 && count === 1) flushCompileCache();
  if (at === 0) {
    const words = name.replaceAll(/\s+/g, ' ').trim().slice(0, 120);
    writeSync(2, `operation ${count} ${within ? 'unseen' : 'seen'}: ${words}\n`);
  }
  return count === at;
}

const freezes = variables['CRASH_SIGNAL'] === 'SIGSTOP';

/** Freezes the process in the middle of an HTTP operation; it goes on there when it is woken. */
function freeze(): void {
  writeSync(2, 'frozen\n');
  process.kill(process.pid, 'SIGSTOP');
}

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  // The signal takes effect when this thread next enters the kernel; nothing of ours may run until then.
  for (;;);
}

type Query = (this: pg.Client, ...given: unknown[]) => unknown;
const query: Query = Reflect.get(pg.Client.prototype, 'query');

function textOf(given: unknown): string {
  if (typeof given === 'string') return given;
  const text: unknown = given !== null && typeof given === 'object' ? Reflect.get(given, 'text') : '';
  return typeof text === 'string' ? text : '';
}

Reflect.set(pg.Client.prototype, 'query', function crashing(this: pg.Client, ...given: unknown[]): unknown {
  const text = textOf(given[0]);
  const within = follow(this, text);
  begun ||= FIRST.test(text);
  if (!begun || text === '' || IDLE.test(text)) return Reflect.apply(query, this, given);
  const here = reached(text, within);
  if (here && when === 'before') die();
  const callback = given.at(-1);
  if (here && typeof callback === 'function') given[given.length - 1] = die;
  const answer: unknown = Reflect.apply(query, this, given);
  if (here && answer instanceof Promise) return answer.then(die, die);
  return answer;
});

let crashesHere = false;
diagnostics.subscribe('http.client.request.start', () => {
  if (!begun) return;
  crashesHere = reached('HTTP');
  if (!crashesHere || when !== 'before') return;
  if (!freezes) die();
  crashesHere = false;
  freeze();
});
diagnostics.subscribe('http.client.response.finish', () => {
  if (!crashesHere) return;
  if (!freezes) die();
  crashesHere = false;
  freeze();
});
