import { startSyncPeople } from '../../jobs/provisioning/start-sync-people.ts';
import { needs } from '../access/rules.ts';
import { renderUserErrors } from '../errors.ts';
import { forgetLoaded } from '../loaders.ts';
import { operationContext } from '../operation.ts';
import type { SchemaParts } from '../parts.ts';
import { runById } from '../runs/loaders.ts';

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
        forgetLoaded(scope);
        return {
          run: outcome.run === null ? null : await runById(scope).load(outcome.run),
          joined: outcome.joined,
          userErrors: renderUserErrors(scope, outcome.userErrors),
        };
      },
    }),
  );
}
