import { SharedRefusals } from '../../../domain/systems/shared-refusals.ts';
import type { Connector } from '../../../integrations/contract/connector.ts';
import type { Execution } from '../calls/call-end.ts';

const refusalsOf = new WeakMap<Connector, SharedRefusals>();

/**
 * An unknown answer about one person counts as a refusal of that person. From the third person in a row it is the
 * system's fault: it holds the queue and costs no attempts (`UPSTREAM_REFUSES_ALL`). Codes of the Setting
 * `upstream_rejection_codes` always count as refusals.
 */
export function judgeRefusal(
  execution: Execution,
  about: {
    readonly connector: Connector;
    readonly employeeNumber: string;
    readonly rejectionCodes: readonly string[];
    readonly nowMs: number;
  },
): Execution {
  const { end } = execution;
  const refusals = refusalsOf.get(about.connector) ?? new SharedRefusals();
  refusalsOf.set(about.connector, refusals);
  if (end.kind === 'ensured') {
    if (end.outcome !== 'NOT_NEEDED') refusals.accepted();
    return execution;
  }
  const unlisted = end.error.parameters['unlisted'];
  if (end.error.code !== 'UPSTREAM_REJECTED' || typeof unlisted !== 'string') return execution;
  if (about.rejectionCodes.includes(unlisted)) return execution;
  if (!refusals.refused(unlisted, about.employeeNumber, about.nowMs)) return execution;
  const error = { ...end.error, code: 'UPSTREAM_REFUSES_ALL' };
  return { ...execution, end: { kind: 'failed', failure: 'credentials', error } };
}
