import type { StoredError } from '../../../domain/errors/error-entry.ts';
import type { NewRunItem } from '../../runs/run-record.ts';

/** A row that differs here and there; the details have both values, for programs. */
export function differing(key: string, code: string, parameters: StoredError['parameters']): NewRunItem {
  const { here, there } = parameters;
  const values = { ...(here !== undefined && { here }), ...(there !== undefined && { there }) };
  return { key, outcome: 'DIFFERING', error: { code, parameters }, payload: values };
}
