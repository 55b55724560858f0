import { type Command, InvalidArgumentError } from 'commander';
import { take } from '../arguments/take.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { table } from '../terminal/columns.ts';
import type { Terminal } from '../terminal/terminal.ts';

const CHANGES_SHOWN = 50;

/** `settings`, `settings get KEY`, `settings set KEY JSON`, `settings changes [KEY]`. */
export function addSettingsCommands(program: Command, { client, print, report, say, time }: Terminal): void {
  const settings = program
    .command('settings')
    .description(say('列出全部设置；查看或修改其中一项', 'show every Setting; show or change one'))
    .action(async () => {
      const answer = await client().settings();
      const rows = answer.map(({ key, value, version, description }) => [
        key,
        JSON.stringify(value),
        version === 0 ? say('默认', 'default') : `v${version}`,
        description,
      ]);
      print(answer, table(rows));
    });
  settings
    .command('get <key>')
    .description(say('查看一项设置', 'show one Setting'))
    .action(async (key: string) => {
      const [setting] = await client().settings([key]);
      if (setting === undefined)
        throw new UsageError(say(`没有设置 ${key}。`, `There is no Setting ${key}.`));
      const { value, defaultValue, description, version, updatedAt, updatedBy } = setting;
      const changed = updatedAt === null ? '' : `${time(updatedAt)} ${updatedBy ?? ''}`;
      print(
        setting,
        table([
          [key, description],
          [say('值', 'value'), JSON.stringify(value)],
          [say('默认', 'default'), JSON.stringify(defaultValue)],
          [say('版本', 'version'), `${version} ${changed}`.trimEnd()],
        ]),
      );
    });
  settings
    .command('set <key> <json>')
    .description(
      say(
        '修改一项设置，值为 JSON',
        'set one Setting; the value is JSON, a text needs its quotes: \'"strict"\'',
      ),
    )
    .option(
      '--expected-version <version>',
      say('仅当当前版本为此值时修改', 'only when this is its present version'),
      versionOf,
    )
    .action(async (key: string, json: string, options: { readonly expectedVersion?: number }) => {
      const answer = await client().updateSetting(
        { key, value: parseValue(json, say), expectedVersion: options.expectedVersion },
        { throwOnUserErrors: false },
      );
      report(answer.userErrors);
      const { setting } = answer;
      print(
        answer,
        setting === null ? '' : table([[key, JSON.stringify(setting.value), `v${setting.version}`]]),
      );
    });
  settings
    .command('changes [key]')
    .description(say('谁在什么时候改了什么，最新的在前', 'who changed what and when, newest first'))
    .action(async (key: string | undefined) => {
      const changes = await take(client().settingChanges(key), CHANGES_SHOWN);
      const rows = changes.map((change) => [
        time(change.changedAt),
        change.changedBy,
        change.key,
        `${JSON.stringify(change.oldValue)} → ${JSON.stringify(change.newValue)}`,
      ]);
      print(changes, table(rows));
    });
}

function parseValue(json: string, say: Terminal['say']): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new UsageError(
      say(
        `${json} 不是 JSON；文本要带引号：'"strict"'。`,
        `${json} is no JSON; a text needs its quotes: '"strict"'.`,
      ),
      { cause },
    );
  }
}

function versionOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('A version is a whole number.');
  return Number(text);
}
