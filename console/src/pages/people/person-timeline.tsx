import { Button, Timeline } from 'antd';
import { useState } from 'react';
import {
  type PersonEventKind,
  PersonTimelineDocument,
  type PersonTimelineQuery,
} from '../../api/generated/graphql.ts';
import { POLL_MS, useData } from '../../api/use-data.ts';
import { usePreferences, useSay } from '../../frame/preferences.tsx';
import { Control, type Field, several } from '../../parts/fields.tsx';
import { Go, useSearch } from '../../parts/go.tsx';
import { Loaded } from '../../parts/page.tsx';
import { When } from '../../parts/when.tsx';
import { systemName, systemOptions, systems } from '../../text/systems.ts';
import { optionsOf } from '../../text/words.ts';

type Event = NonNullable<PersonTimelineQuery['person']>['timeline']['nodes'][number];

const kinds = [
  'PERSON_ADDED',
  'REQUEST_ACCEPTED',
  'REQUEST_COMPLETED',
  'REQUEST_FAILED',
  'REQUEST_CANCELLED',
  'TASK_PLANNED',
  'TASK_COMPLETED',
  'TASK_FAILED',
  'TASK_CANCELLED',
  'ATTEMPT_STARTED',
  'ATTEMPT_ENDED',
  'ACCOUNT_CREATED',
  'ACCOUNT_ADOPTED',
  'ACCOUNT_IMPORTED',
  'ACCOUNT_LINKED',
  'ACCOUNT_DISABLED',
  'ACCOUNT_ENABLED',
  'ACCOUNT_REMOVED',
  'RUN_RECORD',
] as const satisfies readonly PersonEventKind[];
const STEP = 30;
/** As many as one answer holds. */
const MOST = 100;

/** Everything that happened to a person, newest first. */
export function PersonTimeline({ employeeNumber }: { readonly employeeNumber: string }) {
  const say = useSay();
  const [first, setFirst] = useState(STEP);
  const { language } = usePreferences();
  const [search, change] = useSearch();
  const kind = several(search['eventKind'], kinds);
  const system = several(search['eventSystem'], systems);
  const query = useData(
    PersonTimelineDocument,
    {
      employeeNumber,
      first,
      ...(kind && { kind: [...kind] }),
      ...(system && { system: [...system] }),
    },
    { pollMs: POLL_MS },
  );
  const filters: readonly Field[] = [
    {
      name: 'eventKind',
      label: say('事件', 'Event'),
      kind: 'several',
      options: optionsOf('personEvent', language),
    },
    { name: 'eventSystem', label: say('系统', 'System'), kind: 'several', options: systemOptions },
  ];
  return (
    <>
      <search className="filters">
        {filters.map((field) => (
          <Control
            key={field.name}
            field={field}
            value={search[field.name] ?? ''}
            onChange={(value) => change({ [field.name]: value })}
          />
        ))}
      </search>
      <Events query={query} first={first} onMore={() => setFirst(Math.min(MOST, first * 2))} />
    </>
  );
}

function Events({
  query,
  first,
  onMore,
}: {
  readonly query: ReturnType<typeof useData<PersonTimelineQuery, object>>;
  readonly first: number;
  readonly onMore: () => void;
}) {
  const say = useSay();
  return (
    <Loaded query={query}>
      {({ person }) => (
        <>
          {person?.timeline.nodes.length === 0 && <p className="quiet">{say('没有', 'None')}</p>}
          <Timeline
            items={(person?.timeline.nodes ?? []).map((event, index) => ({
              key: `${event.at} ${index}`,
              color: colourOf(event),
              content: <Entry event={event} />,
            }))}
          />
          {person?.timeline.pageInfo.hasNextPage && first < MOST && (
            <Button size="small" onClick={onMore}>
              {say('更早', 'Earlier')}
            </Button>
          )}
        </>
      )}
    </Loaded>
  );
}

function Entry({ event }: { readonly event: Event }) {
  return (
    <>
      <div className="quiet">
        <When at={event.at} exact /> {event.system && systemName(event.system)}
      </div>
      <div>
        {event.text} {event.taskId && <Go to={`/tasks/${encodeURIComponent(event.taskId)}`}>→</Go>}
        {event.taskId === null && event.requestId && <Go to={`/requests/${event.requestId}`}>→</Go>}
        {event.taskId === null && event.requestId === null && event.runId && (
          <Go to={`/runs/${event.runId}`}>→</Go>
        )}
      </div>
    </>
  );
}

function colourOf({ kind }: Event): string {
  if (/FAILED|REMOVED/.test(kind)) return 'red';
  if (/COMPLETED|CREATED|ADOPTED|LINKED|IMPORTED|ENABLED/.test(kind)) return 'green';
  return /CANCELLED|DISABLED/.test(kind) ? 'gray' : 'blue';
}
