import { Space } from 'antd';
import { call } from '../../api/call.ts';
import { DeliveriesDocument, type DeliveriesQuery, RedeliverDocument } from '../../api/generated/graphql.ts';
import { POLL_MS, useData } from '../../api/use-data.ts';
import { usePreferences, useSay } from '../../frame/preferences.tsx';
import { Action } from '../../parts/action.tsx';
import { DataList, pageOf } from '../../parts/data-list.tsx';
import { dayBounds } from '../../parts/days.ts';
import { Advised } from '../../parts/explain.tsx';
import { Json } from '../../parts/facts.tsx';
import { oneOf, several } from '../../parts/fields.tsx';
import { type Search, useSearch } from '../../parts/go.tsx';
import { Id } from '../../parts/id.tsx';
import { Page } from '../../parts/page.tsx';
import { State, Word } from '../../parts/state.tsx';
import { When } from '../../parts/when.tsx';
import { optionsOf } from '../../text/words.ts';
import { webhookEvents } from './webhooks.tsx';

type Delivery = DeliveriesQuery['webhookDeliveries']['nodes'][number];

const statuses = ['PENDING', 'RETRY', 'DELIVERED', 'DEAD_LETTER', 'SKIPPED'] as const;

/** What a button of the webhooks sends; no receiver can choose it. */
const TEST = 'webhook.test';

/** The event of the API that a payload of this type is of. */
function eventOf(type: string): string {
  return type.replaceAll('.', '_').toUpperCase();
}

/** Deliveries with their receivers and the answers. */
export function View() {
  const say = useSay();
  const { language, zone } = usePreferences();
  const [search] = useSearch();
  const query = useData(
    DeliveriesDocument,
    { ...pageOf(search), filter: filterOf(search, zone) },
    { pollMs: POLL_MS },
  );
  return (
    <Page title={say('投递记录', 'Deliveries')}>
      <DataList<Delivery>
        label={say('投递记录', 'Deliveries')}
        query={{ ...query, data: query.data?.webhookDeliveries }}
        rowKey={({ id }) => id}
        filters={[
          { name: 'eventId', label: say('事件编号', 'Event id') },
          { name: 'requestId', label: say('请求', 'Request') },
          {
            name: 'status',
            label: say('状态', 'Status'),
            kind: 'several',
            options: optionsOf('delivery', language),
          },
          {
            name: 'event',
            label: say('事件', 'Event'),
            kind: 'several',
            options: optionsOf('event', language),
          },
          { name: 'from', label: say('自', 'From'), kind: 'day' },
          { name: 'to', label: say('至', 'To'), kind: 'day' },
        ]}
        whenEmpty={say('还没有投递。', 'Nothing was sent yet.')}
        columns={[
          {
            key: 'id',
            title: say('事件、目标', 'Event, target'),
            render: ({ eventId, type, target, channel }) => (
              <>
                {type === TEST ? say('测试', 'test') : <Word of="event" value={eventOf(type)} />}
                <div>
                  <Id id={eventId} />
                </div>
                <div className="cut">
                  <code>{target}</code> <span className="quiet">{channel}</span>
                </div>
              </>
            ),
          },
          {
            key: 'status',
            title: say('状态', 'Status'),
            isShort: true,
            render: ({ status, occurredAt, nextAttemptAt }) => (
              <>
                <State of="delivery" value={status} />
                <div>
                  <When at={occurredAt} />
                </div>
                {nextAttemptAt && (
                  <span className="quiet">
                    {say('下次', 'next')} <When at={nextAttemptAt} />
                  </span>
                )}
              </>
            ),
          },
          {
            key: 'answer',
            title: say('答复', 'Answer'),
            render: ({ responseStatus, durationMs, errorMessage, errorCode, attempts, advice }) => (
              <div className="explain">
                {responseStatus} {durationMs !== null && durationMs !== undefined && `${durationMs} ms`}{' '}
                {say(`第 ${attempts} 次`, `try ${attempts}`)}
                <div>
                  {errorMessage} {errorCode && <code>{errorCode}</code>} <Advised advice={advice} />
                </div>
              </div>
            ),
          },
          { key: 'data', title: say('内容', 'Data'), render: ({ data }) => <Json value={data} /> },
          {
            key: 'do',
            title: '',
            render: ({ id, target }) => (
              <Space>
                <Action
                  label={say('重新发送', 'Send again')}
                  size="small"
                  description={<code>{target}</code>}
                  run={() => call(RedeliverDocument, { input: { deliveryId: id } }, { repeatable: false })}
                  errorsOf={({ redeliver }) => redeliver.userErrors}
                  done={() => say('已排队', 'Queued')}
                />
              </Space>
            ),
          },
        ]}
      />
    </Page>
  );
}

function filterOf(search: Search, zone: string) {
  const status = several(search['status'], statuses);
  const event = several(search['event'], webhookEvents);
  const channel = oneOf(search['channel'], ['EMAIL', 'WEBHOOK'] as const);
  const from = dayBounds(search['from'], zone)?.from;
  const to = dayBounds(search['to'], zone)?.to;
  return {
    ...(status && { status: [...status] }),
    ...(event && { event: [...event] }),
    ...(channel && { channel }),
    ...(search['eventId'] && { eventId: search['eventId'] }),
    ...(search['requestId'] && { requestId: search['requestId'] }),
    ...(search['webhookId'] && { webhookId: search['webhookId'] }),
    ...(from && { occurredAfter: from }),
    ...(to && { occurredBefore: to }),
  };
}
