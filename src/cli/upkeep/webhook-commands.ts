import type { Command } from 'commander';
import type {
  DeliveryStatus,
  WebhookEvent,
  WebhookFieldsFragment,
} from '../../../clients/typescript/src/accountsync-client.ts';
import { choiceOf } from '../arguments/choice.ts';
import { momentOf } from '../arguments/since.ts';
import { take } from '../arguments/take.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { table } from '../terminal/columns.ts';
import type { Terminal } from '../terminal/terminal.ts';

const SHOWN = 50;
const asked = { throwOnUserErrors: false };
const events: readonly WebhookEvent[] = [
  'REQUEST_FINISHED',
  'TASK_FAILED',
  'RUN_FINISHED',
  'RUN_AWAITING_CONFIRMATION',
  'SYSTEM_CIRCUIT_OPENED',
  'SYSTEM_CIRCUIT_CLOSED',
];
const statuses: readonly DeliveryStatus[] = ['PENDING', 'RETRY', 'DELIVERED', 'DEAD_LETTER', 'SKIPPED'];

interface SetFlags {
  readonly event?: readonly string[];
  readonly description?: string;
  readonly active?: boolean;
  readonly inactive?: boolean;
  readonly rotateSecret?: boolean;
}

interface RedeliverFlags {
  readonly webhook?: string;
  readonly since?: string;
  readonly status?: readonly string[];
}

/** `webhooks`, `webhooks set|delete|test`, `deliveries`, `redeliver`. */
export function addWebhookCommands(program: Command, terminal: Terminal): void {
  addWebhooks(program, terminal);
  addDeliveries(program, terminal);
}

function addWebhooks(program: Command, terminal: Terminal): void {
  const { client, print, report, note, say } = terminal;
  const webhooks = program
    .command('webhooks')
    .description(
      say(
        '列出事件的接收方；添加、修改、删除或测试',
        'show receivers of events; add, change, delete or try one',
      ),
    )
    .action(async () => {
      const all = await client().webhooks();
      print(all, table(all.map((one) => webhookRow(one, say))));
    });
  webhooks
    .command('set <url>')
    .description(
      say('添加或修改；新的密钥只显示这一次', 'add or change one; a new secret is shown this once'),
    )
    .option(
      '--event <event...>',
      say(
        `通知哪些事件，默认全部：${events.join(' ')}`,
        `what it is told of; default all: ${events.join(' ')}`,
      ),
    )
    .option('--description <text>', say('说明', 'for people'))
    .option('--active', say('启用', 'switch it on'))
    .option(
      '--inactive',
      say('停用；期间的事件保留，可用 redeliver 补发', 'switch it off; its events are kept for redeliver'),
    )
    .option(
      '--rotate-secret',
      say('更换密钥，旧的再用 24 小时', 'a new secret; the old one signs for 24 hours'),
    )
    .action(async (url: string, flags: SetFlags) => {
      const known = (await client().webhooks()).find((one) => one.url === url || one.id === url);
      const answer = await client().upsertWebhook(
        {
          ...(known === undefined ? { url } : { id: known.id }),
          ...(flags.event !== undefined && {
            events: flags.event.map((name) => choiceOf(name, events, say)),
          }),
          ...(flags.description !== undefined && { description: flags.description }),
          ...((flags.active === true || flags.inactive === true) && { isActive: flags.active === true }),
          rotateSecret: flags.rotateSecret === true,
        },
        asked,
      );
      report(answer.userErrors);
      if (answer.notice !== null) note(answer.notice);
      const secret = answer.secret === null ? '' : `  ${say('密钥', 'secret')} ${answer.secret}\n`;
      print(answer, answer.webhook === null ? '' : `${table([webhookRow(answer.webhook, say)])}${secret}`);
    });
  webhooks
    .command('delete <url>')
    .description(say('删除，连同其投递记录', 'delete one, with its deliveries'))
    .action(async (url: string) => {
      const answer = await client().deleteWebhook({ id: await idOf(url, terminal) }, asked);
      report(answer.userErrors);
      print(answer, answer.deleted ? `  ${say('已删除', 'deleted')}\n` : '');
    });
  webhooks
    .command('test <url>')
    .description(say('发送一条测试事件', 'send it a test event'))
    .action(async (url: string) => {
      const answer = await client().testWebhook({ id: await idOf(url, terminal) }, asked);
      report(answer.userErrors);
      const { delivery } = answer;
      print(answer, delivery === null ? '' : table([[delivery.id, delivery.type, delivery.status]]));
    });
}

function addDeliveries(program: Command, terminal: Terminal): void {
  const { client, print, report, say, time } = terminal;
  program
    .command('deliveries')
    .description(say('列出通知的投递，最新的在前', 'show what was sent and what is to be, newest first'))
    .option(
      '--status <status...>',
      say(`状态：${statuses.join(' ')}`, `in these states: ${statuses.join(' ')}`),
    )
    .option('--request <request-id>', say('只限此请求', 'about this request'))
    .option('--webhook <url>', say('只限此接收方', 'to this receiver'))
    .action(
      async (flags: {
        readonly status?: readonly string[];
        readonly request?: string;
        readonly webhook?: string;
      }) => {
        const filter = {
          status: flags.status?.map((name) => choiceOf(name, statuses, say)),
          requestId: flags.request,
          webhookId: flags.webhook === undefined ? undefined : await idOf(flags.webhook, terminal),
        };
        const found = await take(client().webhookDeliveries(filter), SHOWN);
        const rows = found.map((one) => [
          one.id,
          time(one.occurredAt),
          one.type,
          one.target,
          one.status,
          one.errorMessage ?? '',
        ]);
        print(found, table(rows));
      },
    );
  program
    .command('redeliver [delivery-id]')
    .description(
      say(
        '重新发送一条通知，或某接收方自某时起的全部',
        'send a notification again, or those of a receiver since a moment',
      ),
    )
    .option('--webhook <url>', say('接收方，与 --since 同用', 'the receiver, with --since'))
    .option('--since <moment>', say('此后发生的事件，如 24h', 'events after this, such as 24h'))
    .option('--status <status...>', say('只限这些状态', 'only those in these states'))
    .action(async (deliveryId: string | undefined, { webhook, since, status }: RedeliverFlags) => {
      if ((deliveryId === undefined) === (webhook === undefined || since === undefined))
        throw new UsageError(
          say(
            '请给出投递编号，或 --webhook 与 --since。',
            'Give the id of a delivery, or --webhook with --since.',
          ),
        );
      const input =
        deliveryId !== undefined
          ? { deliveryId }
          : {
              webhookId: await idOf(webhook ?? '', terminal),
              since: momentOf(since ?? '', Date.now(), say),
              status: status?.map((name) => choiceOf(name, statuses, say)),
            };
      const answer = await client().redeliver(input, asked);
      report(answer.userErrors);
      print(answer, `  ${say(`重新发送 ${answer.requeued}`, `${answer.requeued} sent again`)}\n`);
    });
}

function webhookRow(webhook: WebhookFieldsFragment, say: Terminal['say']): string[] {
  const state = webhook.isActive ? say('启用', 'active') : say('停用', 'inactive');
  return [webhook.url, state, webhook.events.join(' '), webhook.description ?? '', webhook.id];
}

/** People name a webhook by its URL. */
async function idOf(url: string, { client, say }: Terminal): Promise<string> {
  const found = (await client().webhooks()).find((one) => one.url === url || one.id === url);
  if (found !== undefined) return found.id;
  throw new UsageError(say(`没有 webhook ${url}。`, `There is no webhook ${url}.`));
}
