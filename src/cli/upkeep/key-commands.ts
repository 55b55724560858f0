import { type Command, InvalidArgumentError } from 'commander';
import type { ApiKeyFieldsFragment } from '../../../clients/typescript/src/accountsync-client.ts';
import { take } from '../arguments/take.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { table } from '../terminal/columns.ts';
import type { Terminal } from '../terminal/terminal.ts';

interface CreateFlags {
  readonly scope: readonly string[];
  readonly originSystem?: readonly string[];
  readonly principal?: string;
  readonly expires?: string;
}

/** Far more keys than any installation has. */
const KEYS_SHOWN = 1_000;
const asked = { throwOnUserErrors: false };

/** `keys`, `keys create`, `keys rotate`, `keys revoke`. */
export function addKeyCommands(program: Command, terminal: Terminal): void {
  const { client, print, report, note, say, time } = terminal;
  const keys = program
    .command('keys')
    .description(say('列出 API 密钥；创建、轮换或吊销', 'show API keys; create, rotate or revoke one'))
    .action(async () => {
      const all = await take(client().apiKeys(), KEYS_SHOWN);
      const rows = all.map((key) => [
        key.prefix,
        key.name,
        key.principal,
        key.expiresAt === null ? key.state : `${key.state} ${say('至', 'until')} ${time(key.expiresAt)}`,
        key.scopes.join(' '),
        key.originSystems?.join(' ') ?? '',
        `${say('最近使用', 'last used')} ${time(key.lastUsedAt)}`,
      ]);
      print(all, table(rows));
    });
  keys
    .command('create <name>')
    .description(say('创建密钥；只显示这一次', 'make a key; it is shown this once'))
    .requiredOption('--scope <scope...>', say('权限，如 requests:write requests:read', 'what it permits'))
    .option('--origin-system <name...>', say('只限这些来源系统', 'only for these origin systems'))
    .option('--principal <name>', say('使用者，默认同名称', 'who acts with it; default: the name'))
    .option('--expires <moment>', say('有效期，如 2027-12-31T00:00:00+08:00', 'until when it works'))
    .action(async (name: string, { scope, originSystem, principal, expires }: CreateFlags) => {
      const input = { name, scopes: scope, originSystems: originSystem, principal, expiresAt: expires };
      showSecret(await client().createApiKey(input, asked));
    });
  keys
    .command('rotate <prefix>')
    .description(
      say(
        '换成新密钥；旧的默认再用一天',
        'a new key in its place; the old one works for another day by default',
      ),
    )
    .option(
      '--overlap <time>',
      say('旧密钥再用多久，如 2h、7d', 'how long the old one works on, such as 2h or 7d'),
      secondsOf,
    )
    .action(async (prefix: string, { overlap }: { readonly overlap?: number }) => {
      const input = {
        id: await idOf(prefix, terminal),
        ...(overlap !== undefined && { overlapSeconds: overlap }),
      };
      const answer = await client().rotateApiKey(input, asked);
      showSecret({ ...answer, notice: null });
      const until = answer.previous?.expiresAt ?? null;
      if (until !== null)
        note(
          say(`旧密钥 ${prefix} 可用至 ${time(until)}`, `the old key ${prefix} works until ${time(until)}`),
        );
    });
  keys
    .command('revoke <prefix>')
    .description(say('吊销密钥，两秒内生效', 'end a key, everywhere within two seconds'))
    .action(async (prefix: string) => {
      const answer = await client().revokeApiKey({ id: await idOf(prefix, terminal) }, asked);
      report(answer.userErrors);
      const { apiKey } = answer;
      print(answer, apiKey === null ? '' : table([[apiKey.prefix, apiKey.name, apiKey.state]]));
    });

  function showSecret(answer: {
    readonly apiKey: ApiKeyFieldsFragment | null;
    readonly secret: string | null;
    readonly notice: string | null;
    readonly userErrors: Parameters<Terminal['report']>[0];
  }): void {
    report(answer.userErrors);
    if (answer.notice !== null) note(answer.notice);
    const { apiKey, secret } = answer;
    const once = say('请现在保存，之后无法再显示：', 'Keep it now; it cannot be shown again:');
    print(
      answer,
      secret === null ? '' : `${table([[apiKey?.prefix ?? '', apiKey?.name ?? '']])}  ${once}\n  ${secret}\n`,
    );
  }
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { m: 60, h: 3_600, d: 86_400 };

/** `2h`, `30m`, `7d` in seconds; `0` ends the old key at once. */
function secondsOf(text: string): number {
  const [, count, unit] = /^(\d{1,5})([mhd])$|^0$/.exec(text) ?? [];
  if (text === '0') return 0;
  if (count === undefined || unit === undefined)
    throw new InvalidArgumentError('Expected a time such as 2h or 7d.');
  return Number(count) * (UNIT_SECONDS[unit] ?? 0);
}

/** People name a key by its beginning. */
async function idOf(prefix: string, { client, say }: Terminal): Promise<string> {
  for await (const { id, prefix: known } of client().apiKeys())
    if (known === prefix || id === prefix) return id;
  throw new UsageError(say(`没有密钥 ${prefix}。`, `There is no key ${prefix}.`));
}
