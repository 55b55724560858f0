import { linkAccount } from '../../../jobs/provisioning/corrections/link-account.ts';
import { builder } from '../../building/builder.ts';
import { UserError } from '../../building/user-error.ts';
import { renderUserErrors, unknownId } from '../../context/errors.ts';
import { operationContext } from '../../context/operation.ts';
import { needsSightOfAll } from '../../permissions/rules.ts';
import { forgetLoaded } from '../../reading/loaders.ts';
import { canBeStored } from '../../reading/text-filter.ts';
import { AccountSystemEnum } from '../../systems/account-system.ts';
import { accountById } from '../rows/row-loaders.ts';
import { Account } from '../rows/rows.ts';
import type { LinkAccountPayloadShape } from '../rows/shapes.ts';

const input = builder.inputType('LinkAccountInput', {
  description: 'Which account is whose.',
  fields: (t) => ({
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
});
export const LinkAccountPayload = builder.objectRef<LinkAccountPayloadShape>('LinkAccountPayload').implement({
  description: 'What became of the link.',
  fields: (t) => ({
    account: t.field({
      type: Account,
      nullable: true,
      description: 'The account as it is now; null when there is none.',
      resolve: (payload) => payload.account,
    }),
    userErrors: t.field({
      type: [UserError],
      description: 'Why nothing was changed; empty when it was.',
      resolve: (payload) => payload.userErrors,
    }),
  }),
});
builder.mutationField('linkAccount', (t) =>
  t.field({
    ...needsSightOfAll('operate'),
    type: LinkAccountPayload,
    description:
      "Says that an account which exists already is a person's: it is ACTIVE (LINKED), its open task is done, what waited for it goes on. Looked up at the system first, where that is possible; answers within 15 seconds.",
    args: { input: t.arg({ type: input, required: true, description: 'The call.' }) },
    resolve: async (_root, { input: { remoteId, ...given } }, scope) => {
      if (!canBeStored(given.employeeNumber)) {
        const unknown = [unknownId('person', given.employeeNumber, 'employeeNumber')];
        return { account: null, userErrors: renderUserErrors(scope, unknown) };
      }
      const context = { ...operationContext(scope), feed: scope.services.feed };
      const { account, userErrors } = await linkAccount(context, { ...given, remoteId: remoteId ?? null });
      forgetLoaded(scope);
      return {
        account: account === null ? null : await accountById(scope).load(account),
        userErrors: renderUserErrors(scope, userErrors),
      };
    },
  }),
);
