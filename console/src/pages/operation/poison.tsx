import { Space } from 'antd';
import { call } from '../../api/call.ts';
import {
  DiscardPoisonDocument,
  PoisonMessagesDocument,
  type PoisonMessagesQuery,
  RedrivePoisonDocument,
} from '../../api/generated/graphql.ts';
import { POLL_MS, useData } from '../../api/use-data.ts';
import { useSay } from '../../frame/preferences.tsx';
import { Action } from '../../parts/action.tsx';
import { DataList, pageOf } from '../../parts/data-list.tsx';
import { Json } from '../../parts/facts.tsx';
import { useSearch } from '../../parts/go.tsx';
import { Page } from '../../parts/page.tsx';
import { When } from '../../parts/when.tsx';

type Message = PoisonMessagesQuery['poisonMessages']['nodes'][number];

/** Messages that no handler could do anything with. */
export function View() {
  const say = useSay();
  const [search] = useSearch();
  const queue = search['queue'];
  const query = useData(
    PoisonMessagesDocument,
    { ...pageOf(search), ...(queue && { queue }) },
    { pollMs: POLL_MS },
  );
  const count = query.data?.poisonMessages.totalCount ?? 0;
  return (
    <Page title={say('死信', 'Dead letters')} extra={queue && <WholeQueue queue={queue} count={count} />}>
      <DataList<Message>
        label={say('死信', 'Dead letters')}
        query={{ ...query, data: query.data?.poisonMessages }}
        rowKey={({ id }) => id}
        filters={[{ name: 'queue', label: say('队列', 'Queue') }]}
        whenEmpty={say('没有死信，一切都处理了。', 'None: everything was handled.')}
        columns={[
          { key: 'queue', title: say('队列', 'Queue'), render: (message) => <code>{message.queue}</code> },
          { key: 'at', title: say('时间', 'When'), render: ({ at }) => <When at={at} /> },
          { key: 'tries', title: say('尝试', 'Tries'), render: ({ tries }) => tries },
          {
            key: 'why',
            title: say('错误', 'Error'),
            render: ({ error }) => <div className="explain">{error}</div>,
          },
          {
            key: 'payload',
            title: say('内容', 'Payload'),
            render: ({ payload }) => <Json value={payload} />,
          },
          {
            key: 'do',
            title: '',
            render: ({ id, queue: name }) => (
              <Space>
                <Action
                  label={say('重新入队', 'Queue again')}
                  size="small"
                  description={say(`放回队列 ${name}。`, `Puts it back into ${name}.`)}
                  run={() => call(RedrivePoisonDocument, { input: { ids: [id] } }, { repeatable: false })}
                  errorsOf={({ redrivePoisonMessages }) => redrivePoisonMessages.userErrors}
                  done={({ redrivePoisonMessages }) =>
                    say(
                      `重新投递 ${redrivePoisonMessages.redriven} 条`,
                      `${redrivePoisonMessages.redriven} redriven`,
                    )
                  }
                />
                <Action
                  label={say('丢弃', 'Discard')}
                  size="small"
                  danger
                  typed={name}
                  run={() => call(DiscardPoisonDocument, { input: { ids: [id] } }, { repeatable: false })}
                  errorsOf={({ discardPoisonMessages }) => discardPoisonMessages.userErrors}
                  done={({ discardPoisonMessages }) =>
                    say(
                      `丢弃 ${discardPoisonMessages.discarded} 条`,
                      `${discardPoisonMessages.discarded} discarded`,
                    )
                  }
                />
              </Space>
            ),
          },
        ]}
      />
    </Page>
  );
}

function WholeQueue({ queue, count }: { readonly queue: string; readonly count: number }) {
  const say = useSay();
  const none = count === 0 && say('没有死信', 'There is none');
  return (
    <Space>
      <Action
        label={say(`重新入队 ${count} 条`, `Queue ${count} again`)}
        disabledBecause={none}
        description={<code>{queue}</code>}
        run={() => call(RedrivePoisonDocument, { input: { queue } }, { repeatable: false })}
        errorsOf={({ redrivePoisonMessages }) => redrivePoisonMessages.userErrors}
        done={({ redrivePoisonMessages }) =>
          say(
            `${redrivePoisonMessages.redriven} 条重新入队`,
            `${redrivePoisonMessages.redriven} queued again`,
          )
        }
      />
      <Action
        label={say(`丢弃 ${count} 条`, `Discard ${count}`)}
        danger
        typed={queue}
        disabledBecause={none}
        run={() => call(DiscardPoisonDocument, { input: { queue } }, { repeatable: false })}
        errorsOf={({ discardPoisonMessages }) => discardPoisonMessages.userErrors}
        done={({ discardPoisonMessages }) =>
          say(`丢弃 ${discardPoisonMessages.discarded} 条`, `${discardPoisonMessages.discarded} discarded`)
        }
      />
    </Space>
  );
}
