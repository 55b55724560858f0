import { linkAccount } from '../../../jobs/provisioning/corrections/link-account.ts';
import { unlinkAccount } from '../../../jobs/provisioning/corrections/unlink-account.ts';
import { builder } from '../../building/builder.ts';
import { addMutation, type Outcome, payloadType, rowAfterwards } from '../../building/mutation.ts';
import { addNode } from '../../building/node.ts';
import { notFound } from '../../context/errors.ts';
import { operationContext } from '../../context/operation.ts';
import { needsSightOfAll } from '../../permissions/rules.ts';
import { encodeGlobalId } from '../../reading/global-id.ts';
import { canBeStored } from '../../reading/text-filter.ts';
import { AccountSystemEnum } from '../../systems/account-system.ts';
import { accountById } from '../rows/row-loaders.ts';
import { Account } from '../rows/rows.ts';
import { AccountOriginEnum, AccountStateEnum } from '../rows/states.ts';

Account.implement({
  description: "A person's account in one system.",
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.id({
      description: 'Unique over all types; for `node`.',
      resolve: (account) => encodeGlobalId('Account', account.id),
    }),
    system: t.field({
      type: AccountSystemEnum,
      description: 'Where it is.',
      resolve: (account) => account.system,
    }),
    identifier: t.exposeString('identifier', {
      nullable: true,
      description: 'What the system calls it; null while it is planned.',
    }),
    state: t.field({
      type: AccountStateEnum,
      description: 'Whether it exists.',
      resolve: (account) => account.state,
    }),
    origin: t.field({
      type: AccountOriginEnum,
      nullable: true,
      description: 'Its origin; null while it is planned.',
      resolve: (account) => account.origin,
    }),
    createdAt: t.expose('created_at', { type: 'DateTime', description: 'When it was planned or found.' }),
    updatedAt: t.expose('updated_at', { type: 'DateTime', description: 'When it last changed.' }),
  }),
});

addNode('Account', { rule: ['people:read'], loader: accountById });

interface AccountOutcome extends Outcome {
  /** Primary key; null when there is none. */
  readonly id: string | null;
}

/** Of `linkAccount` and `unlinkAccount`. */
const LinkAccountPayload = payloadType<AccountOutcome>('LinkAccountPayload', {
  description: 'Result of linkAccount and unlinkAccount.',
  fields: (t) => ({
    account: t.field(
      rowAfterwards(Account, accountById, 'The account as it is now; null when there is none.'),
    ),
  }),
});

addMutation('linkAccount', {
  rule: needsSightOfAll('operate'),
  description:
    "Says that an account which exists already is a person's: it is ACTIVE (LINKED), its open task is done, what waited for it goes on. Looked up at the system first, where that is possible; answers within 15 seconds.",
  about: 'Which account is whose.',
  input: (t) => ({
    employeeNumber: t.string({ required: true, description: 'Without regard to case.' }),
    system: t.field({ type: AccountSystemEnum, required: true, description: 'Where the account is.' }),
    identifier: t.string({
      required: true,
      description:
        'What the system calls it: IDAAS the login, WELINK the corpUserId, EMAIL the address; at most 320 characters.',
    }),
    remoteId: t.string({ description: "The system's own id, where it has one; at most 320 characters." }),
    force: t.boolean({
      required: true,
      defaultValue: false,
      description: 'Links it also when the system does not know it, knows another, or cannot be asked.',
    }),
  }),
  run: async ({ remoteId, ...given }, scope) => {
    const { employeeNumber } = given;
    if (!canBeStored(employeeNumber)) return notFound('person', employeeNumber, 'employeeNumber');
    const context = { ...operationContext(scope), feed: scope.services.feed };
    const { account, userErrors } = await linkAccount(context, { ...given, remoteId: remoteId ?? null });
    return { id: account, userErrors };
  },
  payload: LinkAccountPayload,
});

addMutation('unlinkAccount', {
  rule: needsSightOfAll('operate'),
  description:
    "Unlinks a person's account; nothing is deleted at the system. The account is PLANNED again and not made: its task and the items that wanted it fail with ACCOUNT_UNLINKED until it is linked (`linkAccount`) or retried.",
  about: 'Which link is wrong.',
  input: (t) => ({
    employeeNumber: t.string({ required: true, description: 'Without regard to case.' }),
    system: t.field({ type: AccountSystemEnum, required: true, description: 'Where the account is.' }),
  }),
  run: async (given, scope) => {
    const { employeeNumber } = given;
    if (!canBeStored(employeeNumber)) return notFound('person', employeeNumber, 'employeeNumber');
    const { account, userErrors } = await unlinkAccount(operationContext(scope), given);
    return { id: account, userErrors };
  },
  payload: LinkAccountPayload,
});
