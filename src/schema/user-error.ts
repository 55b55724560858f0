import type { SchemaParts } from './parts.ts';

/** The type `UserError`. */
export function addUserError({ builder, enums }: SchemaParts): void {
  builder.objectType('UserError', {
    description: 'Why a call, or a row of it, was refused. At most 1,000 per answer.',
    fields: (t) => ({
      code: t.field({
        type: enums.errorCode,
        description: 'Stable; for programs.',
        resolve: (error) => error.code,
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
}
