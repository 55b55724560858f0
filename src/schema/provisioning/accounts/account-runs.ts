import { startDisableLeavers } from '../../../jobs/provisioning/account-changes/start-disable-leavers.ts';
import { startSyncPeople } from '../../../jobs/provisioning/hr-sync/start-sync-people.ts';
import { startVerification } from '../../../jobs/provisioning/verification/start-verification.ts';
import { addMutation } from '../../building/mutation.ts';
import { operationContext } from '../../context/operation.ts';
import { needs, needsSightOfAll } from '../../permissions/rules.ts';
import { runMode } from '../../runs/enums.ts';
import { RunPayload } from '../../runs/run-payload.ts';
import { addStatusKind } from '../../runs/sync-status.ts';
import { AccountSystemEnum } from '../../systems/account-system.ts';

addStatusKind({
  kind: 'HR_SYNC',
  enabled: (settings) => settings.get('hr_sync_enabled'),
  readsSource: true,
});

addStatusKind({ kind: 'LEAVERS', enabled: (settings) => settings.get('leaver_disable_enabled') });

addMutation('syncHr', {
  rule: needs('operate'),
  description:
    'Starts a sync of people from HR and returns at once; joins a running one. A full sync while an incremental one runs is INVALID_STATE. Works also while hr_sync_enabled is off.',
  about: 'How to sync people from HR.',
  input: (t) => ({
    mode: t.field(runMode('DRY_RUN reads HR and says what would change; `SyncRun.items` has who.')),
    forceFullSync: t.boolean({
      required: true,
      defaultValue: false,
      description: 'Everybody, not only who changed since the last sync.',
    }),
  }),
  run: async (given, scope) => {
    const { run, ...outcome } = await startSyncPeople(operationContext(scope), {
      ...given,
      trigger: 'MANUAL_TASK',
    });
    return { ...outcome, id: run };
  },
  payload: RunPayload,
});

addMutation('disableLeavers', {
  rule: needs('operate'),
  description:
    'Starts a run of LEAVERS and returns at once, or joins the live one: active accounts of people who left according to HR are disabled where the system can, else listed BY_HAND; of more people than leaver_threshold_count and leaver_threshold_percent allow it waits for confirmRun before the first. Works whatever the Setting leaver_disable_enabled.',
  about: 'How to treat people who left.',
  input: (t) => ({
    mode: t.field(runMode('DRY_RUN says who would be disabled at which system; `SyncRun.items` has who.')),
  }),
  run: (given, scope) => startDisableLeavers(operationContext(scope), given),
  payload: RunPayload,
});

const ONLY_THERE =
  'Only there; all without. Systems that cannot be asked are left out, and named in the summary.';

addMutation('verifyAccounts', {
  rule: needsSightOfAll('operate'),
  description:
    'Looks active accounts up at their systems and returns at once with the run. MISSING accounts are made again where switches allow it and a request or HR wants them, DIFFERING ones take the values of the system, ORPHANs (at the system, without a person here) are listed. Waits for a person where more are missing than verification_threshold_count and _percent let pass. One at a time: another scope meanwhile is INVALID_STATE.',
  about: 'Which accounts to verify.',
  input: (t) => ({
    mode: t.field(
      runMode('DRY_RUN only lists what it finds (`SyncRun.items`); RUN corrects our records too.'),
    ),
    systems: t.field({ type: [AccountSystemEnum], description: ONLY_THERE }),
    employeeNumbers: t.stringList({
      description: 'Only of these people, at most 10,000; everybody without.',
    }),
  }),
  run: async ({ mode, systems, employeeNumbers }, scope) => {
    const { run, ...outcome } = await startVerification(operationContext(scope), {
      task: 'verify',
      mode,
      systems: systems ?? null,
      employeeNumbers: employeeNumbers ?? null,
    });
    return { ...outcome, id: run };
  },
  payload: RunPayload,
});

addMutation('adoptAccounts', {
  rule: needsSightOfAll('operate'),
  description:
    'The first import: looks up, by employee number, which people of HR have accounts that are not recorded here, and makes them ACTIVE (ADOPTED), so that nothing makes them a second time. Returns at once with the run, of kind ACCOUNT_VERIFICATION.',
  about: 'Where to look for accounts that are there already.',
  input: (t) => ({
    mode: t.field(runMode('DRY_RUN lists what would be adopted (`SyncRun.items`).')),
    systems: t.field({ type: [AccountSystemEnum], description: ONLY_THERE }),
  }),
  run: async ({ mode, systems }, scope) => {
    const { run, ...outcome } = await startVerification(operationContext(scope), {
      task: 'adopt',
      mode,
      systems: systems ?? null,
      employeeNumbers: null,
    });
    return { ...outcome, id: run };
  },
  payload: RunPayload,
});
