import { startVerification } from '../../../jobs/provisioning/verification/start-verification.ts';
import { builder } from '../../building/builder.ts';
import { operationContext } from '../../context/operation.ts';
import { needsSightOfAll } from '../../permissions/rules.ts';
import { RunModeEnum } from '../../runs/enums.ts';
import { RunPayload, runPayload } from '../../runs/run-payload.ts';
import { AccountSystemEnum } from '../../systems/account-system.ts';

const verifyInput = builder.inputType('VerifyAccountsInput', {
  description: 'Which accounts to verify.',
  fields: (t) => ({
    mode: t.field({
      type: RunModeEnum,
      required: true,
      defaultValue: 'RUN',
      description: 'DRY_RUN only lists what it finds (`SyncRun.items`); RUN corrects our records too.',
    }),
    systems: t.field({
      type: [AccountSystemEnum],
      description:
        'Only there; all without. Systems that cannot be asked are left out, and named in the summary.',
    }),
    employeeNumbers: t.stringList({
      description: 'Only of these people, at most 10,000; everybody without.',
    }),
  }),
});
builder.mutationField('verifyAccounts', (t) =>
  t.field({
    ...needsSightOfAll('operate'),
    type: RunPayload,
    description:
      'Looks active accounts up at their systems and returns at once with the run. MISSING accounts are to be made again where switches and somebody want it, DIFFERING ones take what the system says, ORPHANs (there, and nobody has them here) are listed. Waits for a person where more are missing than verification_threshold_count and _percent let pass. One at a time: another scope meanwhile is INVALID_STATE.',
    args: { input: t.arg({ type: verifyInput, required: true, description: 'The call.' }) },
    resolve: async (_root, { input: { mode, systems, employeeNumbers } }, scope) => {
      const outcome = await startVerification(operationContext(scope), {
        task: 'verify',
        mode,
        systems: systems ?? null,
        employeeNumbers: employeeNumbers ?? null,
      });
      return runPayload(scope, { ...outcome, id: outcome.run });
    },
  }),
);
const adoptInput = builder.inputType('AdoptAccountsInput', {
  description: 'Where to look for accounts that are there already.',
  fields: (t) => ({
    mode: t.field({
      type: RunModeEnum,
      required: true,
      defaultValue: 'RUN',
      description: 'DRY_RUN lists what would be adopted (`SyncRun.items`).',
    }),
    systems: t.field({
      type: [AccountSystemEnum],
      description:
        'Only there; all without. Systems that cannot be asked are left out, and named in the summary.',
    }),
  }),
});
builder.mutationField('adoptAccounts', (t) =>
  t.field({
    ...needsSightOfAll('operate'),
    type: RunPayload,
    description:
      'The first import: looks up, by employee number, which people of HR have accounts that are not recorded here, and makes them ACTIVE (ADOPTED), so that nothing makes them a second time. Returns at once with the run, of kind ACCOUNT_VERIFICATION.',
    args: { input: t.arg({ type: adoptInput, required: true, description: 'The call.' }) },
    resolve: async (_root, { input: { mode, systems } }, scope) => {
      const outcome = await startVerification(operationContext(scope), {
        task: 'adopt',
        mode,
        systems: systems ?? null,
        employeeNumbers: null,
      });
      return runPayload(scope, { ...outcome, id: outcome.run });
    },
  }),
);
