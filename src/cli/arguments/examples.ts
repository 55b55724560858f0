import type { Command } from 'commander';
import type { Say } from './locale.ts';

/** Examples below the help of each command; the key '' is the program itself. */
const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  '': [
    'accountsync status',
    'accountsync load-department-mappings samples/department-mappings.csv',
    'accountsync create-accounts samples/accounts.csv --watch',
    'accountsync why P000126 EMAIL',
    'accountsync settings set rate_limit_welink_per_second 5',
    'accountsync stats --json',
  ],
  status: ['accountsync status --since 24h || notify-the-operator'],
  'create-accounts': [
    'accountsync create-accounts samples/accounts.csv --dry-run',
    'accountsync create-accounts samples/accounts.json --watch',
    'accountsync create-accounts new.csv --account-type 供应商 --system idaas email --business-key OA-2026-0007',
    'accountsync create-accounts new.csv --skip-bad --watch --json > answer.json',
  ],
  'load-department-mappings': [
    'accountsync load-department-mappings samples/department-mappings.csv --skip-bad',
  ],
  watch: ['accountsync watch req_20261122_0123456789ab'],
  retry: [
    'accountsync retry req_20261122_0123456789ab --system WELINK',
    'accountsync retry --system EMAIL --error-code RETRIES_EXHAUSTED --dry-run',
  ],
  resolve: [
    'accountsync resolve P000126_EMAIL_1a2b3c4d --exists zhangsan@example.com',
    'accountsync resolve P000126_EMAIL_1a2b3c4d --send-again --attempt 2',
    "accountsync resolve P000126_EMAIL_1a2b3c4d --give-up '已离职'",
  ],
  cancel: ['accountsync cancel req_20261122_0123456789ab', 'accountsync cancel run_20261122_0123456789ab'],
  correct: ['accountsync correct req_20261122_0123456789ab P000127 --phone 13800138001'],
  'link-account': ['accountsync link-account P000126 idaas zhangsan9'],
  attempts: ['accountsync attempts --system welink --outcome rejected --since 24h'],
  export: ['accountsync export tasks --filter status=FAILED system=EMAIL --out failed.csv'],
  person: ['accountsync person P000126 --history'],
  people: ['accountsync people zhangsan', 'accountsync people --without email --first 100'],
  why: ['accountsync why P000126 EMAIL'],
  sync: [
    'accountsync calendar sync --term 2024-2025-2 --dry-run',
    'accountsync calendar sync --term 2024-2025-2 --kind incremental',
    'accountsync calendar sync --term 2024-2025-2 --kind users --user-type student --no-wait',
  ],
  'sync-hr': ['accountsync sync-hr --dry-run', 'accountsync sync-hr --force-full-sync'],
  'create-account-tasks': [
    'accountsync create-account-tasks --dry-run',
    'accountsync create-account-tasks --employee-status 1 2',
  ],
  'process-account-tasks': ['accountsync process-account-tasks --max-tasks 100'],
  'adopt-accounts': ['accountsync adopt-accounts --dry-run'],
  'verify-accounts': ['accountsync verify-accounts --system welink --dry-run'],
  'disable-leavers': ['accountsync disable-leavers --dry-run'],
  confirm: ['accountsync confirm run_20261122_0123456789ab'],
  reject: ["accountsync reject run_20261122_0123456789ab --reason 'HR 数据不完整'"],
  check: ['accountsync check welink', 'accountsync check hr'],
  poison: [
    'accountsync poison',
    'accountsync poison redrive --queue provisioning.intake-request',
    'accountsync poison discard 6f1b8a52-3c1d-4f0e-9a1e-0d5f2c7b9e11',
  ],
  keys: [
    'accountsync keys create "OA portal" --scope requests:write requests:read --origin-system OA',
    'accountsync keys revoke as_live_1a2b3c4d',
  ],
  'rotate-secrets': ['accountsync rotate-secrets'],
  settings: [
    'accountsync settings set rate_limit_welink_per_second 5',
    'accountsync settings set task_processing_enabled false',
    'accountsync settings changes task_processing_enabled',
  ],
};

/** Below the help of the program and of each command: what one types. */
export function addExamples(program: Command, say: Say): void {
  const commands: readonly (readonly [string, Command])[] = [
    ['', program],
    ...program.commands.map((command) => [command.name(), command] as const),
  ];
  for (const [name, command] of commands) {
    const lines = EXAMPLES[name];
    if (lines === undefined) continue;
    const title = lines.length === 1 ? say('示例：', 'Example:') : say('示例：', 'Examples:');
    command.addHelpText('after', ['', title, ...lines.map((line) => `  ${line}`)].join('\n'));
  }
}
