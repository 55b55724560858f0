import { randomBytes } from 'node:crypto';

/** By time zone; making one costs more than the statement that stores the id. */
const days = new Map<string, Intl.DateTimeFormat>();

/** `req_YYYYMMDD_` or `run_YYYYMMDD_`, of the day in the time zone, followed by 12 hexadecimal digits. */
export function newPublicId(kind: 'req' | 'run', now: Date, timeZone: string): string {
  let day = days.get(timeZone);
  if (day === undefined) {
    day = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
    days.set(timeZone, day);
  }
  return `${kind}_${day.format(now).replaceAll('-', '')}_${randomBytes(6).toString('hex')}`;
}

/** The public id of a new task: employee number, system, and what makes it unique. */
export function newTaskId(employeeNumber: string, system: string): string {
  return `${employeeNumber}_${system}_${randomBytes(4).toString('hex')}`;
}
