import { startSyncPeople } from '../../../jobs/provisioning/hr-sync/start-sync-people.ts';
import { operationContext } from '../../operation.ts';
import type { SchemaParts } from '../../parts.ts';
import { needs } from '../../permissions/rules.ts';
import { runPayload } from '../../runs/run-payload.ts';

/** The mutation `syncHr`. */
export function addSyncHr({ builder, enums }: SchemaParts): void {
  const input = builder.inputType('SyncHrInput', {
    description: 'How to sync people from HR.',
    fields: (t) => ({
      mode: t.field({
        type: enums.runMode,
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
      type: 'RunPayload',
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
}
