import { Space } from 'antd';
import { call } from '../../api/call.ts';
import {
  DeleteWebhookDocument,
  TestWebhookDocument,
  UpsertWebhookDocument,
  type WebhookEvent,
  WebhooksDocument,
  type WebhooksQuery,
} from '../../api/generated/graphql.ts';
import { useData } from '../../api/use-data.ts';
import { usePreferences, useSay } from '../../frame/preferences.tsx';
import { Action } from '../../parts/action.tsx';
import { several } from '../../parts/fields.tsx';
import { addressOf, Go } from '../../parts/go.tsx';
import { Loaded, Page } from '../../parts/page.tsx';
import { Rows } from '../../parts/rows.tsx';
import { SecretOnce } from '../../parts/secret.tsx';
import { State, Word } from '../../parts/state.tsx';
import { When } from '../../parts/when.tsx';
import { optionsOf } from '../../text/words.ts';

type Webhook = WebhooksQuery['webhooks'][number];

export const webhookEvents = [
  'REQUEST_FINISHED',
  'RUN_AWAITING_CONFIRMATION',
  'RUN_FINISHED',
  'SYSTEM_CIRCUIT_OPENED',
  'SYSTEM_CIRCUIT_CLOSED',
  'TASK_FAILED',
  'CALENDAR_RUN_FINISHED',
  'CALENDAR_SYSTEM_ERROR',
  'DATABASE_ACCOUNT_CHANGED',
  'DATABASE_PRIVILEGED_ACCOUNT_APPEARED',
] as const satisfies readonly WebhookEvent[];

/** Webhooks and their events. */
export function View() {
  const say = useSay();
  const query = useData(WebhooksDocument, {});
  return (
    <Page title={say('Webhook', 'Webhooks')} extra={<Upsert label={say('新增', 'Add')} webhook={null} />}>
      <Loaded query={query}>
        {({ webhooks }) => (
          <Rows<Webhook>
            label={say('Webhook', 'Webhooks')}
            rows={webhooks}
            rowKey={({ id }) => id}
            whenEmpty={say(
              '还没有 Webhook。新增一个，事件会发到它的地址。',
              'None yet. Add one, and events are sent to its address.',
            )}
            columns={[
              {
                key: 'url',
                title: say('地址', 'Address'),
                render: ({ url, description }) => (
                  <div className="cut">
                    <code>{url}</code>
                    <div className="quiet">{description}</div>
                  </div>
                ),
              },
              {
                key: 'events',
                title: say('事件', 'Events'),
                render: ({ events }) =>
                  events.map((event) => (
                    <div key={event}>
                      <Word of="event" value={event} />
                    </div>
                  )),
              },
              {
                key: 'on',
                title: say('状态', 'State'),
                render: ({ isActive }) => <State of="enabled" value={isActive} />,
              },
              {
                key: 'last',
                title: say('最近投递', 'Last delivery'),
                render: ({ lastDelivery }) =>
                  lastDelivery === null ? (
                    '–'
                  ) : (
                    <>
                      <State of="delivery" value={lastDelivery.status} />
                      <div>
                        <Go to={addressOf('/deliveries', { eventId: lastDelivery.eventId })}>
                          <When at={lastDelivery.occurredAt} />
                        </Go>
                      </div>
                      <div className="quiet cut">{lastDelivery.errorMessage}</div>
                    </>
                  ),
              },
              {
                key: 'at',
                title: say('修改', 'Changed'),
                render: ({ updatedAt }) => <When at={updatedAt} />,
              },
              {
                key: 'do',
                title: '',
                render: (webhook) => (
                  <Space wrap>
                    <Go to={addressOf('/deliveries', { webhookId: webhook.id })}>
                      {say('投递', 'Deliveries')}
                    </Go>
                    <Upsert label={say('修改', 'Change')} webhook={webhook} />
                    <Actions webhook={webhook} />
                  </Space>
                ),
              },
            ]}
          />
        )}
      </Loaded>
    </Page>
  );
}

function Actions({ webhook }: { readonly webhook: Webhook }) {
  const say = useSay();
  return (
    <Space wrap>
      <Action
        label={say('测试', 'Test')}
        size="small"
        description={say(`向 ${webhook.url} 发一个测试事件。`, `Sends a test event to ${webhook.url}.`)}
        run={() => call(TestWebhookDocument, { input: { id: webhook.id } }, { repeatable: false })}
        errorsOf={({ testWebhook }) => testWebhook.userErrors}
        done={({ testWebhook }) =>
          say(
            `已排队 ${testWebhook.delivery?.eventId ?? ''}`,
            `Queued as ${testWebhook.delivery?.eventId ?? ''}`,
          )
        }
      />
      <Action
        label={say('删除', 'Delete')}
        size="small"
        danger
        description={<code>{webhook.url}</code>}
        run={() => call(DeleteWebhookDocument, { input: { id: webhook.id } }, { repeatable: false })}
        errorsOf={({ deleteWebhook }) => deleteWebhook.userErrors}
        done={() => say('已删除', 'Deleted')}
      />
    </Space>
  );
}

function Upsert({ label, webhook }: { readonly label: string; readonly webhook: Webhook | null }) {
  const say = useSay();
  const { language } = usePreferences();
  return (
    <Action
      label={label}
      title="Webhook"
      {...(webhook === null ? { type: 'primary' as const } : { size: 'small' as const })}
      fields={[
        {
          name: 'url',
          label: say('地址', 'Address'),
          required: true,
          placeholder: 'https://portal.example.com/hooks',
        },
        {
          name: 'events',
          label: say('事件', 'Events'),
          kind: 'several',
          options: optionsOf('event', language),
        },
        { name: 'description', label: say('说明', 'Description') },
        { name: 'isActive', label: say('启用', 'On'), kind: 'switch' },
        ...(webhook === null
          ? []
          : [{ name: 'rotate', label: say('更换密钥', 'New secret'), kind: 'switch' as const }]),
      ]}
      initial={{
        url: webhook?.url ?? '',
        events: (webhook?.events ?? webhookEvents).join(','),
        description: webhook?.description ?? '',
        isActive: String(webhook?.isActive ?? true),
      }}
      run={(values) =>
        call(
          UpsertWebhookDocument,
          {
            input: {
              ...(webhook && { id: webhook.id }),
              url: values['url'] ?? '',
              events: [...(several(values['events'], webhookEvents) ?? [])],
              description: values['description'] || null,
              isActive: values['isActive'] === 'true',
              rotateSecret: values['rotate'] === 'true',
            },
          },
          { repeatable: false },
        )
      }
      errorsOf={({ upsertWebhook }) => upsertWebhook.userErrors}
      done={() => say('已保存', 'Saved')}
      result={({ upsertWebhook }) =>
        upsertWebhook.secret ? <SecretOnce secret={upsertWebhook.secret} /> : <p>{say('已保存', 'Saved')}</p>
      }
    />
  );
}
