import { type Command, InvalidArgumentError } from 'commander';
import type { ApiClient } from './api-client.ts';
import { table } from './columns.ts';
import { showSettingChanges, showSettings, updateSetting } from './settings-documents.ts';
import { UsageError } from './usage-error.ts';

/** What the commands of one program share. */
export interface CommandTools {
  readonly client: () => ApiClient;
  /** Prints the answer as JSON with `--json`, else the text. */
  readonly print: (answer: unknown, text: string) => void;
  /** Prints user errors; any of them makes the command fail. */
  readonly report: (errors: readonly { readonly code: string; readonly message: string }[]) => void;
}

const CHANGES_SHOWN = 50;

/** `settings`, `settings get KEY`, `settings set KEY JSON`, `settings changes [KEY]`. */
export function addSettingsCommands(program: Command, { client, print, report }: CommandTools): void {
  const settings = program
    .command('settings')
    .description('show every Setting, or change one')
    .action(async () => {
      const answer = await client().execute(showSettings, { keys: null });
      const rows = answer.settings.map(({ key, value, version, description }) => [
        key,
        JSON.stringify(value),
        version === 0 ? '默认 default' : `v${version}`,
        description,
      ]);
      print(answer.settings, table(rows));
    });
  settings
    .command('get <key>')
    .description('show one Setting')
    .action(async (key: string) => {
      const [setting] = (await client().execute(showSettings, { keys: [key] })).settings;
      if (setting === undefined) throw new UsageError(`There is no Setting ${key}.`);
      const { value, defaultValue, description, version, updatedAt, updatedBy } = setting;
      print(
        setting,
        table([
          [key, description],
          ['值 value', JSON.stringify(value)],
          ['默认 default', JSON.stringify(defaultValue)],
          ['版本 version', `${version} ${updatedAt ?? ''} ${updatedBy ?? ''}`.trimEnd()],
        ]),
      );
    });
  settings
    .command('set <key> <json>')
    .description('set one Setting, e.g. set account_creation_max_retries 7')
    .option('--expected-version <version>', 'only when this is its present version', versionOf)
    .action(async (key: string, json: string, options: { readonly expectedVersion?: number }) => {
      const { updateSetting: answer } = await client().execute(updateSetting, {
        key,
        value: parseValue(json),
        expectedVersion: options.expectedVersion ?? null,
      });
      report(answer.userErrors);
      const { setting } = answer;
      print(
        answer,
        setting === null ? '' : table([[key, JSON.stringify(setting.value), `v${setting.version}`]]),
      );
    });
  settings
    .command('changes [key]')
    .description('who changed what, newest first')
    .action(async (key: string | undefined) => {
      const { settingChanges } = await client().execute(showSettingChanges, {
        key: key ?? null,
        first: CHANGES_SHOWN,
      });
      const rows = settingChanges.nodes.map((change) => [
        change.changedAt,
        change.changedBy,
        change.key,
        `${JSON.stringify(change.oldValue)} → ${JSON.stringify(change.newValue)}`,
      ]);
      print(settingChanges.nodes, table(rows));
    });
}

function parseValue(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new UsageError(`${json} is no JSON; a text needs its quotes: '"strict"'.`, { cause });
  }
}

function versionOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('A version is a whole number.');
  return Number(text);
}
