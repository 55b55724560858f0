import { type RunItemOutcome, RunItemsDocument, type RunItemsQuery } from '../../api/generated/graphql.ts';
import { useData } from '../../api/use-data.ts';
import { usePreferences, useSay } from '../../frame/preferences.tsx';
import { DataList, pageOf } from '../../parts/data-list.tsx';
import { Json } from '../../parts/facts.tsx';
import { Go, useSearch } from '../../parts/go.tsx';
import { State } from '../../parts/state.tsx';
import { optionsOf, words } from '../../text/words.ts';

type Item = NonNullable<RunItemsQuery['run']>['items']['nodes'][number];

/** Results for every record of a run. */
export function RunItems({ runId }: { readonly runId: string }) {
  const say = useSay();
  const { language } = usePreferences();
  const [search] = useSearch();
  const outcome = (search['outcome'] ?? '').split(',').filter(isOutcome);
  const query = useData(RunItemsDocument, {
    runId,
    ...pageOf(search),
    ...(outcome.length > 0 && { outcome }),
    ...(search['item'] && { search: search['item'] }),
  });
  return (
    <DataList<Item>
      label={say('记录', 'Records')}
      query={{ ...query, data: query.data?.run?.items }}
      rowKey={({ key }) => key}
      filters={[
        { name: 'item', label: say('记录', 'Record') },
        {
          name: 'outcome',
          label: say('结果', 'Outcome'),
          kind: 'several',
          options: optionsOf('runItem', language),
        },
      ]}
      whenEmpty={say('没有需要说明的记录', 'No record to tell of')}
      columns={[
        {
          key: 'key',
          title: say('记录', 'Record'),
          render: ({ key }) =>
            /^[\w-]+$/.test(key) ? (
              <Go to={`/people/${encodeURIComponent(key)}`}>{key}</Go>
            ) : (
              <code>{key}</code>
            ),
        },
        {
          key: 'outcome',
          title: say('结果', 'Outcome'),
          render: (item) => <State of="runItem" value={item.outcome} />,
        },
        {
          key: 'why',
          title: say('说明', 'Message'),
          render: ({ message, errorCode }) => (
            <div className="explain">
              {message} {errorCode && <code>{errorCode}</code>}
            </div>
          ),
        },
        {
          key: 'details',
          title: say('详情', 'Details'),
          render: ({ details }) =>
            Object.keys(Object(details)).length === 0 ? '–' : <Json value={details} />,
        },
      ]}
    />
  );
}

function isOutcome(text: string): text is RunItemOutcome {
  return Object.hasOwn(words.runItem, text);
}
