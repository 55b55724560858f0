import { startSyncPeople } from '../../../jobs/provisioning/hr-sync/start-sync-people.ts';
import { builder } from '../../building/builder.ts';
import { operationContext } from '../../context/operation.ts';
import { needs } from '../../permissions/rules.ts';
import { RunModeEnum } from '../../runs/enums.ts';
import { RunPayload, runPayload } from '../../runs/run-payload.ts';

const input = builder.inputType('SyncHrInput', {
  description: 'How to sync people from HR.',
  fields: (t) => ({
    mode: t.field({
      type: RunModeEnum,
      required: true,
      defaultValue: 'RUN',
      description: 'DRY_RUN reads HR and says what would change; `SyncRun.items` has who.',
    }),
    forceFullSync: t.boolean({
      required: true,
      defaultValue: false,
      description: 'Everybody, not only who changed since the last sync.',
    }),
  }),
});
builder.mutationField('syncHr', (t) =>
  t.field({
    ...needs('operate'),
    type: RunPayload,
    description:
      'Begins to sync people from HR and returns at once; joins a sync that is under way. A full sync asked for while an incremental one runs is INVALID_STATE. Works whatever the Setting hr_sync_enabled.',
    args: { input: t.arg({ type: input, required: true, description: 'The call.' }) },
    resolve: async (_root, { input: { mode, forceFullSync } }, scope) => {
      const outcome = await startSyncPeople(operationContext(scope), {
        mode,
        forceFullSync,
        trigger: 'MANUAL_TASK',
      });
      return runPayload(scope, { ...outcome, id: outcome.run });
    },
  }),
);
