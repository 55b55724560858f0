import type { StoredError } from '../../../domain/errors/error-entry.ts';
import type { NewRunItem } from '../../runs/run-record.ts';

/** A row of ours and one of theirs that are not the same. */
export function differing(key: string, code: string, parameters: StoredError['parameters']): NewRunItem {
  return { key, outcome: 'DIFFERING', error: { code, parameters }, payload: {} };
}
