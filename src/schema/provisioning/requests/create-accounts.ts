import type { InvalidRowPolicy } from '../../../domain/provisioning/intake/normalise-create-accounts.ts';
import { createAccounts } from '../../../jobs/provisioning/requests/create-accounts.ts';
import { builder } from '../../building/builder.ts';
import { addMutation, rowAfterwards } from '../../building/mutation.ts';
import type { Described } from '../../building/shared-enums.ts';
import type { UnrenderedError } from '../../context/errors.ts';
import { operationContext } from '../../context/operation.ts';
import { assertMayOriginate } from '../../permissions/originate.ts';
import { needs } from '../../permissions/rules.ts';
import { RunModeEnum } from '../../runs/enums.ts';
import { AccountSystemEnum } from '../../systems/account-system.ts';
import { requestById } from '../rows/row-loaders.ts';
import { AccountRequest } from '../rows/rows.ts';
import { PriorityEnum } from '../rows/states.ts';
import { AccountPreview, AccountWarning, showWarnings } from './account-preview.ts';

const invalidRowPolicies = {
  REJECT_ALL: { description: 'One bad row refuses the call; nothing is stored.' },
  ACCEPT_VALID: { description: 'Good rows are stored, bad ones are reported.' },
} as const satisfies Described<InvalidRowPolicy>;

const InvalidRowPolicyEnum = builder.enumType('InvalidRowPolicy', {
  description: 'How a call with bad rows is handled.',
  values: invalidRowPolicies,
});

const accountUser = builder.inputType('AccountUserInput', {
  description:
    'One person. Every field but partnerCompany is required; they are nullable so that every problem of a batch is reported at once.',
  fields: (t) => ({
    employeeNumber: t.string({ description: '1 to 50 ASCII letters, digits, `-`, `_`, `.`.' }),
    employeeName: t.string({
      description: 'At most 100 characters. Login and address are made from it once, and kept.',
    }),
    departmentCode: t.string({
      description:
        "HR's code, at most 50 characters; has to be mapped before accounts can be made (`upsertDepartmentMappings`).",
    }),
    phoneNumber: t.string({
      description: 'At most 40 characters with 5 to 25 digits, any usual notation; WELINK needs a mobile.',
    }),
    partnerCompany: t.string({
      description: 'Employer of external staff, at most 100 characters; may be absent.',
    }),
    country: t.string({
      description:
        'Name or two-letter code, such as `中国` or `CN`, at most 50 characters; tells how to read the phone number.',
    }),
  }),
});

const notify = builder.inputType('NotifyInput', {
  description: 'Who is notified when a request is finished, once per round.',
  fields: (t) => ({
    emails: t.stringList({ description: 'At most 10 mail addresses.' }),
    webhookUrl: t.string({
      description:
        'Gets a signed `request.finished` (docs/notifications.md); has to be permitted by the Setting notify_webhook_allowlist.',
    }),
  }),
});

addMutation('createAccounts', {
  rule: needs('requests:write'),
  description: 'Asks for accounts. Answers at once; `requestProgress` shows how they come into being.',
  about: 'Who needs accounts, where. Send lists through variables.',
  input: (t) => ({
    originSystem: t.string({
      required: true,
      description:
        'How the portal calls itself; at most 50 characters. Origins take turns: one with much to do does not hold up the others.',
    }),
    businessKey: t.string({
      required: true,
      description:
        "The portal's own key of the matter, such as the number of its form; at most 50 characters. Another matter needs another key.",
    }),
    accountType: t.string({
      required: true,
      description:
        'Person type or an alias of one, such as `11` or `供应商` (`personTypeMappings`); at most 50 characters. An unknown one counts as the Setting default_person_type.',
    }),
    employeeType: t.string({
      required: true,
      description: 'Employment status of people HR does not know, such as `1`; at most 50 characters.',
    }),
    systemList: t.field({
      type: [AccountSystemEnum],
      required: true,
      description:
        'Exactly these; dependencies are not added: WELINK and EMAIL need an account in IDAAS, asked for here or there already.',
    }),
    userList: t.field({ type: [accountUser], required: true, description: '1 to 10,000 people.' }),
    idempotencyKey: t.string({
      description:
        '1 to 200 characters. The same key with the same content gives the same request, with other content IDEMPOTENCY_KEY_REUSED. Without it originSystem, businessKey, accountType, employeeType and systemList are the key.',
    }),
    priority: t.field({
      type: PriorityEnum,
      defaultValue: 'NORMAL',
      description:
        'Order among the requests of the same origin system. Lowered to what the origin may ask for (Setting origin_priorities).',
    }),
    notify: t.field({
      type: notify,
      description: 'Who is notified when it is finished; part of the content that identical calls share.',
    }),
    onInvalid: t.field({
      type: InvalidRowPolicyEnum,
      defaultValue: 'REJECT_ALL',
      description: 'How bad rows are handled.',
    }),
    mode: t.field({
      type: RunModeEnum,
      defaultValue: 'RUN',
      description:
        'DRY_RUN stores and reserves nothing, not even an idempotency key; it checks the call and fills `warnings` and `preview`.',
    }),
  }),
  run: async (given, scope) => {
    assertMayOriginate(scope, given.originSystem);
    const outcome = await createAccounts(operationContext(scope), {
      ...given,
      priority: given.priority ?? 'NORMAL',
      mode: given.mode ?? 'RUN',
    });
    return outcome.id === null ? outcome : { ...outcome, userErrors: outcome.userErrors.map(ofRow) };
  },
  payload: (t) => ({
    request: t.field(
      rowAfterwards(
        AccountRequest,
        requestById,
        'The request, new or found; null when nothing was stored, as by a dry run.',
      ),
    ),
    replayed: t.exposeBoolean('replayed', {
      description:
        'True when this call found the request of an earlier call with the same key and input; of a dry run, when the call would.',
    }),
    requeuedTasks: t.exposeInt('requeuedTasks', {
      description: 'On a replay of a failed or partly failed request: how many tasks were queued again.',
    }),
    userErrorCount: t.exposeInt('userErrorCount', { description: 'How many there are in all.' }),
    existingRequestId: t.exposeString('existingRequestId', {
      nullable: true,
      description:
        'Set with IDEMPOTENCY_KEY_REUSED, and by a dry run whose call was made before: the request the key belongs to.',
    }),
    warnings: t.field({
      type: [AccountWarning],
      description: 'Of a dry run: what is odd though it would be accepted; the first 1,000, in input order.',
      resolve: ({ preview }, _args, scope) => showWarnings(scope, preview),
    }),
    warningCount: t.int({
      description: 'How many there are in all.',
      resolve: ({ preview }) => preview?.warnings.length ?? 0,
    }),
    preview: t.field({
      type: [AccountPreview],
      description:
        'Of a dry run: every good row, in input order, with what the call would do. Empty when the whole call is refused.',
      resolve: ({ preview }) => preview?.rows ?? [],
    }),
  }),
  userErrors: 'Everything wrong with the call, at most 1,000.',
});

/** A row that was left out of a call that was taken: the same call with another row would be another call. */
function ofRow<Problem extends UnrenderedError>(error: Problem): Problem {
  return { ...error, parameters: { ...error.parameters, again: 'ROW' } };
}
