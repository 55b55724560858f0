import type { StoredError } from '../../../domain/errors/error-entry.ts';
import type { AccountTaskRow, RequestItemRow } from './rows.ts';

// `_`, eight hexadecimal digits.
const TASK_ID_TAIL = 9;

/** Whose task it is: a task id is `<employee number>_<system>_<8 hex>`. */
export function employeeNumberOf(task: Pick<AccountTaskRow, 'task_id' | 'system'>): string {
  return task.task_id.slice(0, -(task.system.length + 1 + TASK_ID_TAIL));
}

/** The error kept with a task, completed by who and where; null when there is none. */
export function errorOfTask(
  task: Pick<AccountTaskRow, 'task_id' | 'system' | 'error_code' | 'error_parameters'>,
): StoredError | null {
  if (task.error_code === null) return null;
  const defaults = { employeeNumber: employeeNumberOf(task), system: task.system };
  return { code: task.error_code, parameters: { ...defaults, ...task.error_parameters } };
}

/** The task's error as the API shows it: only while it means something. */
export function lastErrorOf(
  task: Pick<AccountTaskRow, 'task_id' | 'system' | 'status' | 'error_code' | 'error_parameters'>,
): StoredError | null {
  const relevant = task.status === 'RETRY' || task.status === 'UNCERTAIN' || task.status === 'FAILED';
  return relevant ? errorOfTask(task) : null;
}

/** The error kept with an item, completed by whom it concerns; null when there is none. */
export function errorOfItem(
  item: Pick<RequestItemRow, 'employee_number' | 'error_code' | 'error_parameters'>,
): StoredError | null {
  if (item.error_code === null) return null;
  return {
    code: item.error_code,
    parameters: { employeeNumber: item.employee_number, ...item.error_parameters },
  };
}
