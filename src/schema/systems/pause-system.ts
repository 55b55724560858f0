import { sql } from 'kysely';
import { pausedSystemsSchema } from '../../domain/settings/paused-systems.ts';
import { pauseSystem } from '../../jobs/systems/pause-system.ts';
import { addMutation } from '../building/mutation.ts';
import { operationContext } from '../context/operation.ts';
import { needsSightOfAll } from '../permissions/rules.ts';
import { forgetLoaded, sqlOf } from '../reading/loaders.ts';
import { AccountSystemEnum } from './account-system.ts';
import { systemsOf } from './read-systems.ts';
import { UpstreamSystem } from './systems.ts';

addMutation('pauseSystem', {
  rule: needsSightOfAll('operate'),
  description:
    'Pauses a system, or lets it go on: its tasks wait and lose no attempt, requests are accepted all the same. The same as changing its entry in the Setting `paused_systems`.',
  about: 'What to pause.',
  input: (t) => ({
    system: t.field({ type: AccountSystemEnum, required: true, description: 'The system.' }),
    reason: t.string({ description: 'Why; shown with every task that waits. Absent: it goes on at once.' }),
    until: t.field({ type: 'DateTime', description: 'When it goes on by itself; absent: when told to.' }),
  }),
  run: async ({ system, reason, until }, scope) => {
    const { rows } = await sql<{ readonly value: unknown; readonly version: number }>`
      select value, version from setting where key = 'paused_systems'`.execute(sqlOf(scope));
    // The pauses of all other systems stay as they are.
    const { systems, sources } = scope.services;
    const known = pausedSystemsSchema([...systems, ...sources].map((each) => each.system));
    const stored = known.safeParse(rows[0]?.value ?? []);
    const { userErrors } = await pauseSystem(
      operationContext(scope),
      { system, reason: reason ?? null, until: until ?? null },
      { pauses: stored.data ?? [], version: rows[0]?.version ?? 0, nowMs: Date.now() },
    );
    forgetLoaded(scope);
    return { system, userErrors };
  },
  payload: (t) => ({
    system: t.field({
      type: UpstreamSystem,
      description: 'The system as it stands now.',
      resolve: async ({ system }, _args, scope) => {
        const found = (await systemsOf(scope).read()).find(({ info }) => info.system === system);
        if (found === undefined) throw new Error(`There is no system ${system}.`);
        return found;
      },
    }),
  }),
});
