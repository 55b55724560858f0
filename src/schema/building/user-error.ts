import { type GraphQLResolveInfo, getNamedType, isEnumType } from 'graphql';
import type { UserErrorShape } from '../context/errors.ts';
import { builder } from './builder.ts';
import type { EnumValue } from './joined-values.ts';

/** Codes of every area: whose fault, what to do. Areas add theirs. */
const codes: Readonly<Record<string, EnumValue>> = {
  REQUIRED: { description: 'Missing or blank. The caller fills it in and sends the call again.' },
  INVALID: { description: 'A value that is not accepted. The caller corrects it.' },
  TOO_LONG: { description: 'Longer than allowed. The caller shortens it.' },
  TOO_MANY: { description: 'More entries than one call may have. The caller splits it.' },
  SYSTEM_DISABLED: {
    description: 'Accounts in this system are switched off. The caller leaves it out, or asks the operator.',
  },
  SYSTEM_NOT_CONFIGURED: {
    description: 'The connection to the system is not configured. The operator sets its variables.',
  },
  UNAVAILABLE: {
    description: 'Nobody answered in time. The operator looks whether workers run; the caller tries again.',
  },
  NOT_FOUND: { description: 'No such thing, or not visible to the caller, who checks the id.' },
  INVALID_STATE: {
    description: 'The present state does not permit this. The caller reads it again and acts on that.',
  },
  VERSION_CONFLICT: { description: 'Another caller changed it first. The caller reads it again.' },
  FEATURE_DISABLED: { description: 'Switched off by a Setting. The operator switches it on.' },
  IN_USE: { description: 'Still used by something else. The caller removes those uses first.' },
  SECRETS_KEY_MISSING: {
    description: 'There is no master key to encrypt a secret with. The operator sets SECRETS_KEY.',
  },
};

const ErrorCodeEnum = builder.enumType('ErrorCode', {
  description: 'Why a call was refused. More codes may be added; each says whose fault it is and what to do.',
  values: codes,
});

export const UserError = builder.objectRef<UserErrorShape>('UserError').implement({
  description: 'Why a call, or a row of it, was refused. At most 1,000 per answer.',
  fields: (t) => ({
    code: t.field({
      type: ErrorCodeEnum,
      description: 'Stable; for programs.',
      resolve: ({ code }, _args, _scope, info) => knownCode(code, info),
    }),
    message: t.exposeString('message', {
      description: "What is wrong and what to do, in the caller's language.",
    }),
    path: t.exposeStringList('path', {
      nullable: true,
      description: 'Where, relative to `input`; list positions count from 0.',
    }),
    employeeNumber: t.exposeString('employeeNumber', {
      nullable: true,
      description: 'Of the row, where it has one that can be read.',
    }),
  }),
});

/** Errors of tasks have codes of their own, which are no codes of calls. */
function knownCode(code: string, { returnType }: GraphQLResolveInfo): string {
  const type = getNamedType(returnType);
  return isEnumType(type) && type.getValue(code) !== undefined ? code : 'INVALID';
}
