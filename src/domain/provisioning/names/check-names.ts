import type { ErrorParameters } from '../../errors/error-entry.ts';
import { LOCAL_PART_MAX_LENGTH, USERNAME_MAX_LENGTH } from './naming.ts';

/** A name chosen by hand that cannot be: code and parameters; the path is the caller's to add. */
export interface NameProblem {
  readonly code: 'INVALID';
  readonly parameters: ErrorParameters;
}

const LOGIN = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?$/;
const LOCAL_PART = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/;

/** Whether a login chosen by hand is one: what Windows and every system behind it accepts. */
export function checkLogin(login: string): NameProblem | null {
  if (login.length <= USERNAME_MAX_LENGTH && LOGIN.test(login)) return null;
  const parameters = { field: 'username', variant: 'LOGIN', limit: USERNAME_MAX_LENGTH };
  return { code: 'INVALID', parameters };
}

/** Whether a local part chosen by hand, in lower case, is one and may be a person's. */
export function checkLocalPart(localPart: string, reserved: ReadonlySet<string>): NameProblem | null {
  const field = 'emailLocalPart';
  if (localPart.length > LOCAL_PART_MAX_LENGTH || !LOCAL_PART.test(localPart)) {
    return { code: 'INVALID', parameters: { field, variant: 'LOCAL_PART', limit: LOCAL_PART_MAX_LENGTH } };
  }
  if (!reserved.has(localPart)) return null;
  return { code: 'INVALID', parameters: { field, variant: 'RESERVED_WORD', identifier: localPart } };
}
