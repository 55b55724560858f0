import { sql } from 'kysely';
import type { Notify } from '../../../domain/notifications/notify-input.ts';
import { storedErrors } from '../../../jobs/provisioning/requests/create-accounts.ts';
import { builder } from '../../building/builder.ts';
import { UserError } from '../../building/user-error.ts';
import { renderUserErrors, type UnrenderedError } from '../../context/errors.ts';
import { oneByKey, sqlOf } from '../../reading/loaders.ts';
import { AccountRequest } from '../rows/rows.ts';

/** Facts with which a request was accepted, besides its items. */
interface IntakeFacts {
  readonly id: string;
  readonly rejected: readonly { readonly position: number; readonly codes: readonly string[] }[];
  readonly errors: unknown;
  readonly notify: Notify | null;
}

const intakeByRequest = oneByKey<IntakeFacts>(async (scope, ids) => {
  const { rows } = await sql<IntakeFacts>`
    select r.id::text, r.rejected_rows as rejected, r.user_errors as errors, r.notify from account_request r
    where r.id = any(${[...ids]}::bigint[])`.execute(sqlOf(scope));
  return new Map(rows.map((row) => [row.id, row]));
});

interface RejectedRowShape {
  readonly position: number;
  readonly codes: readonly string[];
  readonly errors: readonly UnrenderedError[];
}

const RejectedRow = builder.objectRef<RejectedRowShape>('RejectedRow').implement({
  description: 'A row that was refused at intake under ACCEPT_VALID: it is no item of the request.',
  fields: (t) => ({
    position: t.exposeInt('position', { description: 'Index in the userList that was sent.' }),
    codes: t.exposeStringList('codes', { description: 'What was wrong with it; for programs.' }),
    userErrors: t.field({
      type: [UserError],
      description:
        'The same for people, as the call was answered; empty where it had more errors than an answer has.',
      resolve: ({ errors }, _args, scope) => renderUserErrors(scope, errors),
    }),
  }),
});

const RequestNotify = builder.objectRef<Notify>('RequestNotify').implement({
  description: 'Whom a request tells when it is finished.',
  fields: (t) => ({
    emails: t.exposeStringList('emails', { description: 'Mail addresses, as they were given.' }),
    webhookUrl: t.string({
      nullable: true,
      description: 'Where a message is posted, without its query, which may hold a secret; null: nowhere.',
      resolve: ({ webhookUrl }) => webhookUrl?.split('?')[0] ?? null,
    }),
  }),
});

builder.objectFields(AccountRequest, (t) => ({
  rejectedRows: t.field({
    type: [RejectedRow],
    description: 'Rows refused at intake under ACCEPT_VALID, in input order; as many as rejectedUsers.',
    resolve: async ({ id }, _args, scope) => rejectedRows(await intakeByRequest(scope).load(id)),
  }),
  notify: t.field({
    type: RequestNotify,
    nullable: true,
    description: 'Whom it tells when it is finished; null: nobody.',
    resolve: async ({ id }, _args, scope) => (await intakeByRequest(scope).load(id))?.notify ?? null,
  }),
}));

function rejectedRows(facts: IntakeFacts | null): RejectedRowShape[] {
  const errors = storedErrors.safeParse(facts?.errors).data ?? [];
  const byRow = Map.groupBy(errors, ({ path }) => (path[0] === 'userList' ? path[1] : undefined));
  return (facts?.rejected ?? []).map((row) => ({ ...row, errors: byRow.get(String(row.position)) ?? [] }));
}
