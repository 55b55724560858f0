import { X509Certificate } from 'node:crypto';
import type { DatabaseEngine, InstanceState, TlsMode } from '../../../domain/databases/engines.ts';
import { describeCharacter, findForbiddenCharacter, isLongerThan } from '../../../domain/text/text.ts';
import { type OperationError, operationError } from '../../kit/operation.ts';

/** Values of an instance; absent ones of a change stay as they are. */
export interface InstanceInput {
  readonly name?: string | null | undefined;
  readonly engine?: DatabaseEngine | null | undefined;
  readonly host?: string | null | undefined;
  readonly port?: number | null | undefined;
  readonly database?: string | null | undefined;
  readonly username?: string | null | undefined;
  readonly password?: string | null | undefined;
  readonly tls?: TlsMode | null | undefined;
  readonly caCertificate?: string | null | undefined;
  readonly state?: InstanceState | null | undefined;
  readonly tags?: readonly string[] | null | undefined;
  readonly systemAccounts?: readonly string[] | null | undefined;
}

const TEXT_MAX = 255;
const NAME_MAX = 100;
const PASSWORD_MAX = 1_000;
const CERTIFICATE_MAX = 100_000;
const LIST_MAX = 100;
const PORT_MAX = 65_535;

/** Problems with the given values; `nameField` is the input's field for the new name. */
export function checkInstance(input: InstanceInput, nameField = 'name'): readonly OperationError[] {
  return [
    ...checkText(nameField, input.name, NAME_MAX),
    ...checkText('host', input.host, TEXT_MAX),
    ...checkText('database', input.database, TEXT_MAX),
    ...checkText('username', input.username, TEXT_MAX),
    ...checkText('password', input.password, PASSWORD_MAX),
    ...(input.host != null && /[\s/@]/.test(input.host) ? [invalid('host')] : []),
    ...(input.port != null && (input.port < 1 || input.port > PORT_MAX) ? [invalid('port')] : []),
    ...checkCertificate(input.caCertificate),
    ...checkList('tags', input.tags),
    ...checkList('systemAccounts', input.systemAccounts),
  ];
}

function checkText(field: string, value: string | null | undefined, limit: number): OperationError[] {
  if (value == null) return [];
  if (value.trim() === '') return [operationError('REQUIRED', { path: [field], parameters: { field } })];
  if (isLongerThan(value, limit))
    return [operationError('TOO_LONG', { path: [field], parameters: { field, limit } })];
  const forbidden = findForbiddenCharacter(value);
  if (forbidden === null) return [];
  const parameters = { field, variant: 'CHARACTER', character: describeCharacter(forbidden) };
  return [operationError('INVALID', { path: [field], parameters })];
}

function checkCertificate(value: string | null | undefined): OperationError[] {
  if (value == null) return [];
  if (isLongerThan(value, CERTIFICATE_MAX))
    return [
      operationError('TOO_LONG', {
        path: ['caCertificate'],
        parameters: { field: 'caCertificate', limit: CERTIFICATE_MAX },
      }),
    ];
  try {
    new X509Certificate(value);
    return [];
  } catch {
    // Node says in many words that it is no certificate.
    return [invalid('caCertificate')];
  }
}

function checkList(field: string, values: readonly string[] | null | undefined): OperationError[] {
  if (values == null) return [];
  if (values.length > LIST_MAX)
    return [
      operationError('TOO_MANY', {
        path: [field],
        parameters: { field, variant: 'LIST', count: values.length, limit: LIST_MAX },
      }),
    ];
  return values.flatMap((value, index) =>
    checkText(field, value, NAME_MAX).map((error) => ({ ...error, path: [field, String(index)] })),
  );
}

function invalid(field: string): OperationError {
  return operationError('INVALID', { path: [field], parameters: { field } });
}
