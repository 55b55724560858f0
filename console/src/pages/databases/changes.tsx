import { Timeline } from 'antd';
import {
  type AccountChangeKind,
  DatabaseChangesDocument,
  type PermissionRowFragment,
} from '../../api/generated/graphql.ts';
import { POLL_MS, useData } from '../../api/use-data.ts';
import { usePreferences, useSay } from '../../frame/preferences.tsx';
import { dayBounds } from '../../parts/days.ts';
import { Control, type Field, several } from '../../parts/fields.tsx';
import { Go, useSearch } from '../../parts/go.tsx';
import { Loaded } from '../../parts/page.tsx';
import { State } from '../../parts/state.tsx';
import { When } from '../../parts/when.tsx';
import { optionsOf } from '../../text/words.ts';

const kinds = [
  'ADD',
  'MODIFY_PRIVILEGE',
  'MODIFY_OTHER',
  'DELETE',
  'REACTIVATE',
  'RENAME',
] as const satisfies readonly AccountChangeKind[];
const SHOWN = 50;

/** Changes, newest first: of one account, or of all. */
export function Changes({ accountId }: { readonly accountId: string | null }) {
  const say = useSay();
  const { language, zone } = usePreferences();
  const [search, change] = useSearch();
  const kind = several(search['kind'], kinds);
  const since = dayBounds(search['from'], zone)?.from;
  const until = dayBounds(search['to'], zone)?.to;
  const filter = {
    ...(accountId !== null && { accountId }),
    ...(search['instance'] && { instance: [search['instance']] }),
    ...(kind && { kind: [...kind] }),
    ...(since && { since }),
    ...(until && { until }),
  };
  const after = search['cafter'];
  const query = useData(
    DatabaseChangesDocument,
    { first: SHOWN, ...(after && { after }), filter },
    { pollMs: POLL_MS },
  );
  const fields: readonly Field[] = [
    ...(accountId === null ? [{ name: 'instance', label: say('实例', 'Instance') }] : []),
    {
      name: 'kind',
      label: say('种类', 'Kind'),
      kind: 'several',
      options: optionsOf('accountChange', language),
    },
    { name: 'from', label: say('自', 'From'), kind: 'day' },
    { name: 'to', label: say('至', 'To'), kind: 'day' },
  ];
  return (
    <div className="list">
      <search className="filters">
        {fields.map((field) => (
          <Control
            key={field.name}
            field={field}
            value={search[field.name] ?? ''}
            onChange={(value) => change({ [field.name]: value, cafter: undefined })}
          />
        ))}
      </search>
      <Loaded query={query}>
        {({ databaseAccountChanges: { nodes, pageInfo } }) => (
          <>
            {nodes.length === 0 && <p className="quiet">{say('没有变更', 'Nothing changed')}</p>}
            <Timeline
              items={nodes.map((each) => ({
                key: each.id,
                content: (
                  <>
                    <div className="quiet">
                      <When at={each.at} /> <State of="accountChange" value={each.kind} />
                      {accountId === null && (
                        <>
                          {' '}
                          <Go to={`/databases/${encodeURIComponent(each.account.id)}`}>
                            {each.account.displayName}
                          </Go>{' '}
                          · {each.account.instance.name}
                        </>
                      )}
                    </div>
                    <div>{each.message}</div>
                    <Permitted sign="+" permissions={each.added} />
                    <Permitted sign="−" permissions={each.removed} />
                  </>
                ),
              }))}
            />
            {pageInfo.hasNextPage && (
              <Go
                to={`${location.pathname.replace('/console', '')}?${new URLSearchParams({ ...search, cafter: pageInfo.endCursor ?? '' })}`}
              >
                {say('更早', 'Earlier')}
              </Go>
            )}
          </>
        )}
      </Loaded>
    </div>
  );
}

function Permitted({
  sign,
  permissions,
}: {
  readonly sign: string;
  readonly permissions: readonly PermissionRowFragment[];
}) {
  return permissions.map(({ category, scope, object, privilege }) => (
    <div key={`${category} ${scope} ${object} ${privilege}`}>
      <code>
        {sign} {privilege} {[scope, object].filter(Boolean).join('.')}
      </code>
    </div>
  ));
}
