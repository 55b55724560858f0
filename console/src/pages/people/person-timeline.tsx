import { Button, Timeline } from 'antd';
import { useState } from 'react';
import { PersonTimelineDocument, type PersonTimelineQuery } from '../../api/generated/graphql.ts';
import { POLL_MS, useData } from '../../api/use-data.ts';
import { useSay } from '../../frame/preferences.tsx';
import { Go } from '../../parts/go.tsx';
import { Loaded } from '../../parts/page.tsx';
import { When } from '../../parts/when.tsx';
import { systemName } from '../../text/systems.ts';

type Event = NonNullable<PersonTimelineQuery['person']>['timeline']['nodes'][number];

const STEP = 30;
/** As many as one answer holds. */
const MOST = 100;

/** Everything that happened to a person, newest first. */
export function PersonTimeline({ employeeNumber }: { readonly employeeNumber: string }) {
  const say = useSay();
  const [first, setFirst] = useState(STEP);
  const query = useData(PersonTimelineDocument, { employeeNumber, first }, { pollMs: POLL_MS });
  return (
    <Loaded query={query}>
      {({ person }) => (
        <>
          <Timeline
            items={(person?.timeline.nodes ?? []).map((event, index) => ({
              key: `${event.at} ${index}`,
              color: colourOf(event),
              content: <Entry event={event} />,
            }))}
          />
          {person?.timeline.pageInfo.hasNextPage && first < MOST && (
            <Button size="small" onClick={() => setFirst(Math.min(MOST, first * 2))}>
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
