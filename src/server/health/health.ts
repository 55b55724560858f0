import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../../logger.ts';
import { answerJson } from '../http/answer-json.ts';

/** Probes stop waiting after a longer time. */
const READINESS_TIMEOUT_MS = 2_000;

/** Whether this process can do its work, with one check per thing that it needs. */
export interface ReadinessReport {
  readonly ready: boolean;
  /** `ok`, or what is wrong, without secrets. */
  readonly checks: Readonly<Record<string, string>>;
}

export type Readiness = () => Promise<ReadinessReport>;

/** `/healthz`: the process is alive and its event loop turns. */
export function answerHealth(response: ServerResponse): void {
  answerJson(response, { status: 200, body: { status: 'ok' } });
}

const SHUTTING_DOWN: ReadinessReport = { ready: false, checks: { server: 'shutting down' } };
const NO_ANSWER: ReadinessReport = {
  ready: false,
  checks: { readiness: `no answer within ${READINESS_TIMEOUT_MS} ms` },
};
const BROKEN: ReadinessReport = { ready: false, checks: { readiness: 'the check failed; see the log' } };

/**
 * `/readyz`: 200 when it can serve, else 503 with what is missing. Answers within `READINESS_TIMEOUT_MS` even if a
 * check hangs.
 */
export async function answerReadiness(
  response: ServerResponse,
  options: { readonly readiness: Readiness; readonly closing: boolean; readonly logger: Logger },
): Promise<void> {
  const report = options.closing ? SHUTTING_DOWN : await askReadiness(options.readiness, options.logger);
  answerJson(response, { status: report.ready ? 200 : 503, body: report });
}

async function askReadiness(readiness: Readiness, logger: Logger): Promise<ReadinessReport> {
  const timeout = new AbortController();
  try {
    return await Promise.race([
      readiness(),
      delay(READINESS_TIMEOUT_MS, NO_ANSWER, { signal: timeout.signal, ref: false }),
    ]);
  } catch (error) {
    logger.warn({ error }, 'the readiness check failed');
    return BROKEN;
  } finally {
    timeout.abort();
  }
}
