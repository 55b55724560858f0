import type { HrPerson, HrRowProblem } from '../../domain/provisioning/hr/hr-person.ts';
import type { Logger } from '../../logger.ts';
import type { Upstream, UpstreamCall } from './upstream.ts';

/** One page of the people HR knows. */
export interface HrPage {
  /** Rows that can be used; a field that cannot is null and named in `problems`. */
  readonly people: readonly HrPerson[];
  readonly problems: readonly HrRowProblem[];
  /** Rows the source sent, usable or not. */
  readonly rowCount: number;
  /** Keys of the rows; rows without one are left out. */
  readonly keys: readonly string[];
  /** As the source counts at this moment; null when it does not say, or says what is no number. */
  readonly totalPages: number | null;
  readonly totalCount: number | null;
}

/** Which page. */
export interface HrPageRequest {
  /** From 1. */
  readonly page: number;
  /** Only people changed since this moment, itself included; wall time of the source's zone. Null: all people. */
  readonly since: string | null;
}

/**
 * Where people come from. It holds no accounts and is only ever read, so that every call may be repeated. Throws
 * `UpstreamError` and nothing else, except what `signal` aborts with and what `acquire` fails with.
 */
export interface HrSource extends Upstream {
  /** Rows of a full page. */
  readonly pageSize: number;
  /** Malformed rows never fail a page; an answer that is no page does, as retryable. */
  readPage(request: HrPageRequest, call: UpstreamCall): Promise<HrPage>;
}

/** Dependencies of an HR source, from the composition root. */
export interface HrSourceDependencies {
  readonly logger: Logger;
  /** Per call. */
  readonly timeoutMs: number;
  /** Sockets kept to the source. */
  readonly maxSockets: number;
}
