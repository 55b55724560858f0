import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/** Outcomes of the calls sent, at a rate independent of the server's pace. */
export interface OpenLoop {
  readonly sent: number;
  /** Answered with 200 and data. */
  readonly good: number;
  /** 429 or 503 that say when to come again. */
  readonly refused: number;
  /** Everything else: a status, an error of the connection, or no answer in time. */
  readonly unexplained: Readonly<Record<string, number>>;
}

const SOCKETS = 1_000;
const TICK_MS = 10;
/** How long the last answers are waited for. */
const GRACE_MS = 15_000;

/** Sends calls at a fixed rate without waiting for answers, as independent callers do. */
export async function openLoop(options: {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly perSecond: number;
  readonly durationMs: number;
  readonly body: () => string;
}): Promise<OpenLoop> {
  const { perSecond, durationMs } = options;
  const agent = new Agent({ keepAlive: true, maxSockets: SOCKETS });
  const unexplained: Record<string, number> = {};
  let sent = 0;
  let answered = 0;
  let good = 0;
  let refused = 0;
  const count = (kind: string) => {
    answered += 1;
    if (kind === 'good') good += 1;
    else if (kind === 'refused') refused += 1;
    else unexplained[kind] = (unexplained[kind] ?? 0) + 1;
  };
  const startedAt = performance.now();
  for (let elapsed = 0; elapsed < durationMs; elapsed = performance.now() - startedAt) {
    const due = Math.floor((elapsed * perSecond) / 1_000);
    for (; sent < due; sent += 1) call({ ...options, agent }, count);
    await delay(TICK_MS);
  }
  const deadline = performance.now() + GRACE_MS;
  while (answered < sent && performance.now() < deadline) await delay(TICK_MS);
  if (answered < sent) unexplained['no answer'] = sent - answered;
  agent.destroy();
  return { sent, good, refused, unexplained };
}

function call(
  options: {
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: () => string;
    readonly agent: Agent;
  },
  count: (kind: string) => void,
): void {
  const body = options.body();
  const headers = {
    ...options.headers,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  };
  const sent = request(options.url, { method: 'POST', headers, agent: options.agent }, (answer) => {
    const { statusCode = 0, headers: answered } = answer;
    const asksToWait = (statusCode === 429 || statusCode === 503) && answered['retry-after'] !== undefined;
    answer.resume();
    answer.once('error', () => count('broken answer'));
    answer.once('end', () =>
      count(statusCode === 200 ? 'good' : asksToWait ? 'refused' : `HTTP ${statusCode}`),
    );
  });
  sent.once('error', (error: NodeJS.ErrnoException) => count(error.code ?? 'error'));
  sent.end(body);
}
