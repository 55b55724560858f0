import { updateSetting } from '../../jobs/settings/update-setting.ts';
import { builder } from '../building/builder.ts';
import { UserError } from '../building/user-error.ts';
import type { UserErrorShape } from '../context/errors.ts';
import { renderUserErrors } from '../context/errors.ts';
import { operationContext } from '../context/operation.ts';
import { needs } from '../permissions/rules.ts';
import { forgetLoaded } from '../reading/loaders.ts';
import type { SettingShape } from './rows.ts';
import { readSettings } from './rows.ts';
import { Setting } from './setting.ts';

interface UpdateSettingPayloadShape {
  readonly setting: SettingShape | null;
  readonly userErrors: readonly UserErrorShape[];
}

const input = builder.inputType('UpdateSettingInput', {
  description: 'What to set.',
  fields: (t) => ({
    key: t.string({ required: true, description: 'Key of the Setting.' }),
    value: t.field({
      type: 'JSON',
      required: true,
      description: 'Its new value; the default is a value like any other.',
    }),
    expectedVersion: t.int({
      description: 'Only when this is its present version; 0: only when nobody set it yet.',
    }),
  }),
});
export const UpdateSettingPayload = builder
  .objectRef<UpdateSettingPayloadShape>('UpdateSettingPayload')
  .implement({
    description: 'What became of the change.',
    fields: (t) => ({
      setting: t.field({
        type: Setting,
        nullable: true,
        description: 'The Setting as it stands now, changed or not; null when there is none of this key.',
        resolve: (payload) => payload.setting,
      }),
      userErrors: t.field({
        type: [UserError],
        description: 'Why it was not changed; empty when it was.',
        resolve: (payload) => payload.userErrors,
      }),
    }),
  });
builder.mutationField('updateSetting', (t) =>
  t.field({
    ...needs('operate'),
    type: UpdateSettingPayload,
    description:
      'Sets a Setting; in force in every process within 2 seconds, and what waited for it moves at once.',
    args: { input: t.arg({ type: input, required: true, description: 'The call.' }) },
    resolve: async (_root, { input: { key, value, expectedVersion } }, scope) => {
      const change = { key, value, expectedVersion: expectedVersion ?? null };
      const { known, userErrors } = await updateSetting(operationContext(scope), change);
      forgetLoaded(scope);
      const [setting = null] = known ? await readSettings(scope, [key]) : [];
      return { setting, userErrors: renderUserErrors(scope, userErrors) };
    },
  }),
);
