import type { SettingsCatalogue } from './setting-definition.ts';

// Longest default in the table; longer ones are shown by `settings get`.
const DEFAULT_MAX_LENGTH = 80;

const HEAD = `# Settings · 设置

<!-- Printed from the catalogue by \`npm run codegen\`; edit src/domain/settings/ instead. -->

Values that operators change while the service runs: checked, versioned, audited, and in force in every process within
two seconds. A Setting that nobody set has its default; turning a switch on moves at once what waited for it.

运行期间可修改的参数：修改时校验，带版本，留有记录，两秒内在所有进程生效。未设置时取默认值；开关打开后，等待中的工作立即继续。

\`\`\`sh
npx accountsync settings                                         # all of them · 全部
npx accountsync settings get account_creation_max_retries
npx accountsync settings set account_creation_max_retries 7      # the value is JSON · 值为 JSON
npx accountsync settings set person_name_check '"warn"' --expected-version 3
npx accountsync settings changes                                 # who changed what · 修改记录
\`\`\`

The same over GraphQL: \`settings\`, \`updateSetting\`, \`settingChanges\`. With \`expectedVersion\` a change is refused
(\`VERSION_CONFLICT\`) when somebody else was faster; a Setting that nobody set has version 0. Changes by SQL count and are
audited as \`sql:<user>\`.

Maintenance of a system · 系统维护：

\`\`\`sh
npx accountsync settings set paused_systems '[{"system":"WELINK","until":"2030-11-22T18:00:00+08:00","reason":"升级"}]'
npx accountsync settings set paused_systems '[]'                 # moves at once · 立即继续
\`\`\`

| Setting | default · 默认 | meaning | 含义 |
|---|---|---|---|
`;

/** The page `docs/settings.md`: every Setting with default and meaning. */
export function describeSettings(catalogue: SettingsCatalogue): string {
  const rows = Object.entries(catalogue)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([key, { defaultValue, en, zh }]) =>
        `| \`${key}\` | ${codeOf(defaultValue)} | ${cell(en)} | ${cell(zh)} |`,
    );
  return `${HEAD}${rows.join('\n')}\n`;
}

function codeOf(value: unknown): string {
  const text = JSON.stringify(value);
  const shown = text.length > DEFAULT_MAX_LENGTH ? `${text.slice(0, DEFAULT_MAX_LENGTH)}…` : text;
  return `\`${cell(shown)}\``;
}

/** A bar would end the cell, also inside of code. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
