import { startDisableLeavers } from '../../../jobs/provisioning/account-changes/start-disable-leavers.ts';
import { builder } from '../../building/builder.ts';
import { operationContext } from '../../context/operation.ts';
import { needs } from '../../permissions/rules.ts';
import { RunModeEnum } from '../../runs/enums.ts';
import { RunPayload, runPayload } from '../../runs/run-payload.ts';

const input = builder.inputType('DisableLeaversInput', {
  description: 'How to treat people who left.',
  fields: (t) => ({
    mode: t.field({
      type: RunModeEnum,
      required: true,
      defaultValue: 'RUN',
      description: 'DRY_RUN says who would be disabled at which system; `SyncRun.items` has who.',
    }),
  }),
});
builder.mutationField('disableLeavers', (t) =>
  t.field({
    ...needs('operate'),
    type: RunPayload,
    description:
      'Begins a run of LEAVERS and returns at once, or joins the one that lives: active accounts of people whom HR says to have left are disabled where the system can, else listed BY_HAND; of more people than leaver_threshold_count and leaver_threshold_percent allow it waits for confirmRun before the first. Works whatever the Setting leaver_disable_enabled.',
    args: { input: t.arg({ type: input, required: true, description: 'The call.' }) },
    resolve: async (_root, { input: { mode } }, scope) =>
      runPayload(scope, await startDisableLeavers(operationContext(scope), { mode })),
  }),
);
