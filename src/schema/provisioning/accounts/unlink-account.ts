import { unlinkAccount } from '../../../jobs/provisioning/corrections/unlink-account.ts';
import { builder } from '../../building/builder.ts';
import { renderUserErrors, unknownId } from '../../context/errors.ts';
import { operationContext } from '../../context/operation.ts';
import { needsSightOfAll } from '../../permissions/rules.ts';
import { forgetLoaded } from '../../reading/loaders.ts';
import { canBeStored } from '../../reading/text-filter.ts';
import { AccountSystemEnum } from '../../systems/account-system.ts';
import { accountById } from '../rows/row-loaders.ts';
import { LinkAccountPayload } from './link-account.ts';

const input = builder.inputType('UnlinkAccountInput', {
  description: 'Which link is wrong.',
  fields: (t) => ({
    employeeNumber: t.string({ required: true, description: 'Without regard to case.' }),
    system: t.field({ type: AccountSystemEnum, required: true, description: 'Where the account is.' }),
  }),
});
builder.mutationField('unlinkAccount', (t) =>
  t.field({
    ...needsSightOfAll('operate'),
    type: LinkAccountPayload,
    description:
      "Forgets which account of a system is a person's; nothing is deleted there. The account is PLANNED again and nothing makes it by itself: its task and whoever wanted it fail with ACCOUNT_UNLINKED until it is linked (`linkAccount`) or retried.",
    args: { input: t.arg({ type: input, required: true, description: 'The call.' }) },
    resolve: async (_root, { input: { employeeNumber, system } }, scope) => {
      if (!canBeStored(employeeNumber)) {
        const unknown = [unknownId('person', employeeNumber, 'employeeNumber')];
        return { account: null, userErrors: renderUserErrors(scope, unknown) };
      }
      const { account, userErrors } = await unlinkAccount(operationContext(scope), {
        employeeNumber,
        system,
      });
      forgetLoaded(scope);
      return {
        account: account === null ? null : await accountById(scope).load(account),
        userErrors: renderUserErrors(scope, userErrors),
      };
    },
  }),
);
