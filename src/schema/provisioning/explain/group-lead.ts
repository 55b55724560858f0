import type { StoredError } from '../../../domain/errors/error-entry.ts';
import type { Explanation } from '../../../domain/explanations/explanation.ts';
import { explainFailure } from '../../../domain/provisioning/explain/explain-task.ts';

/** Explains failures of one cause as a group: its advice concerns all of them at once. */
export function groupLead(error: StoredError): Explanation {
  const { code } = explainFailure(error);
  return { code: code === 'FAILED' || code === 'CORRECTABLE' ? 'FAILED_GROUP' : code, cause: error };
}
