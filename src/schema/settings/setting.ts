import { localeArgument } from '../building/arguments.ts';
import { builder } from '../building/builder.ts';
import { needs } from '../permissions/rules.ts';
import { readSettings, type SettingShape } from './rows.ts';

export const Setting = builder.objectRef<SettingShape>('Setting').implement({
  description:
    'A typed, validated, audited value that operators change at run time; in force everywhere within 2 seconds.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'Its name; unique.' }),
    value: t.field({
      type: 'JSON',
      description: 'The value in force.',
      resolve: (setting) => setting.value,
    }),
    defaultValue: t.field({
      type: 'JSON',
      description: 'What it is when nobody set it.',
      resolve: (setting) => setting.definition.defaultValue,
    }),
    description: t.string({
      description: 'What it means.',
      args: localeArgument,
      resolve: ({ definition }, { locale }, scope) =>
        (locale ?? scope.locale) === 'ZH_CN' ? definition.zh : definition.en,
    }),
    version: t.exposeInt('version', {
      description: 'Grows with every change; 0 while nobody set it. For `expectedVersion`.',
    }),
    updatedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was set last; null while nobody did.',
      resolve: (setting) => setting.updatedAt,
    }),
    updatedBy: t.exposeString('updatedBy', {
      nullable: true,
      description: 'Who set it last: a principal, `environment`, or `sql:` and a database user.',
    }),
  }),
});
builder.queryField('settings', (t) =>
  t.field({
    ...needs('operate'),
    type: [Setting],
    description: 'Every Setting, by key.',
    args: {
      keys: t.arg.stringList({ description: 'Only these; unknown ones are left out.' }),
    },
    resolve: (_root, { keys }, scope) => {
      const known = scope.services.settings.keys;
      return readSettings(scope, keys == null ? known : known.filter((key) => keys.includes(key)));
    },
  }),
);
