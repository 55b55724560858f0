import { createAccounts } from '../../jobs/provisioning/create-accounts.ts';
import { renderUserErrors } from '../errors.ts';
import { forgetLoaded } from '../loaders.ts';
import { operationContext } from '../operation.ts';
import type { SchemaParts } from '../parts.ts';
import { requestById } from './row-loaders.ts';

/** The mutation `createAccounts`. */
export function addCreateAccounts({ builder, enums }: SchemaParts): void {
  const accountUser = builder.inputType('AccountUserInput', {
    description:
      'One person. Every field but partnerCompany is required; they are nullable so that every problem of a batch is reported at once.',
    fields: (t) => ({
      employeeNumber: t.string({ description: '1 to 50 ASCII letters, digits, `-`, `_`, `.`.' }),
      employeeName: t.string({ description: 'At most 100 characters.' }),
      departmentCode: t.string({ description: "HR's code, at most 50 characters." }),
      phoneNumber: t.string({
        description: 'At most 40 characters with 5 to 25 digits; WELINK needs a mobile.',
      }),
      partnerCompany: t.string({ description: 'At most 100 characters.' }),
      country: t.string({ description: 'Name or two-letter code; tells how to read the phone number.' }),
    }),
  });
  const input = builder.inputType('CreateAccountsInput', {
    description: 'Who needs accounts, where. Send lists through variables.',
    fields: (t) => ({
      originSystem: t.string({
        required: true,
        description: 'How the portal calls itself; at most 50 characters.',
      }),
      businessKey: t.string({
        required: true,
        description: "The portal's own key of the matter; at most 50.",
      }),
      accountType: t.string({ required: true, description: 'Person type, or an alias of one; at most 50.' }),
      employeeType: t.string({ required: true, description: 'Employment status of new people; at most 50.' }),
      systemList: t.field({
        type: [enums.accountSystem],
        required: true,
        description: 'Exactly these; dependencies are not added.',
      }),
      userList: t.field({ type: [accountUser], required: true, description: '1 to 10,000 people.' }),
      idempotencyKey: t.string({
        description:
          '1 to 200 characters. The same key with the same content gives the same request. Without it originSystem, businessKey, types and systems are the key.',
      }),
      priority: t.field({
        type: enums.priority,
        defaultValue: 'NORMAL',
        description: 'Lowered to what the origin system may ask for.',
      }),
      onInvalid: t.field({
        type: enums.invalidRowPolicy,
        defaultValue: 'REJECT_ALL',
        description: 'What becomes of the call when rows are bad.',
      }),
    }),
  });
  builder.objectType('CreateAccountsPayload', {
    description: 'What became of the call.',
    fields: (t) => ({
      request: t.field({
        type: 'AccountRequest',
        nullable: true,
        description: 'The request, new or found; null when nothing was stored.',
        resolve: (payload) => payload.request,
      }),
      replayed: t.exposeBoolean('replayed', {
        description: 'True when this call found the request of an earlier call with the same key and input.',
      }),
      requeuedTasks: t.exposeInt('requeuedTasks', {
        description: 'On a replay of a failed or partly failed request: how many tasks were queued again.',
      }),
      userErrors: t.field({
        type: ['UserError'],
        description: 'Everything wrong with the call, at most 1,000.',
        resolve: (payload) => payload.userErrors,
      }),
      userErrorCount: t.exposeInt('userErrorCount', { description: 'How many there are in all.' }),
      existingRequestId: t.exposeString('existingRequestId', {
        nullable: true,
        description: 'Set with IDEMPOTENCY_KEY_REUSED: the request the key belongs to.',
      }),
    }),
  });
  builder.mutationField('createAccounts', (t) =>
    t.field({
      type: 'CreateAccountsPayload',
      description: 'Asks for accounts. Answers at once; `requestProgress` shows how they come into being.',
      args: { input: t.arg({ type: input, required: true, description: 'The call.' }) },
      resolve: async (_root, args, scope) => {
        const { id, userErrors, ...outcome } = await createAccounts(operationContext(scope), {
          ...args.input,
          priority: args.input.priority ?? 'NORMAL',
        });
        forgetLoaded(scope);
        return {
          ...outcome,
          request: id === null ? null : await requestById(scope).load(id),
          userErrors: renderUserErrors(scope, userErrors),
        };
      },
    }),
  );
}
