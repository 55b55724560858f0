import { SchedulesDocument, type SchedulesQuery } from '../../api/generated/graphql.ts';
import { POLL_MS, useData } from '../../api/use-data.ts';
import { type Say, useSay } from '../../frame/preferences.tsx';
import { Go } from '../../parts/go.tsx';
import { Loaded, Page } from '../../parts/page.tsx';
import { Rows } from '../../parts/rows.tsx';
import { State, Word } from '../../parts/state.tsx';
import { When } from '../../parts/when.tsx';
import { StartRuns } from '../runs/start-runs.tsx';

type Schedule = SchedulesQuery['schedules'][number];

/** Schedules: how often they start, and when next. */
export function View() {
  const say = useSay();
  const query = useData(SchedulesDocument, {}, { pollMs: POLL_MS });
  return (
    <Page title={say('定时计划', 'Schedules')}>
      <Loaded query={query}>
        {({ schedules }) => (
          <Rows<Schedule>
            label={say('定时计划', 'Schedules')}
            rows={schedules}
            rowKey={({ name }) => name}
            columns={[
              { key: 'name', title: say('计划', 'Schedule'), render: ({ name }) => <code>{name}</code> },
              {
                key: 'kind',
                title: say('种类', 'Kind'),
                render: ({ kind }) => (
                  <Go to={`/runs?kind=${kind}`}>
                    <Word of="runKind" value={kind} />
                  </Go>
                ),
              },
              {
                key: 'on',
                title: say('状态', 'State'),
                render: ({ enabled }) => <State of="enabled" value={enabled} />,
              },
              {
                key: 'every',
                title: say('间隔', 'Every'),
                render: ({ intervalMinutes }) =>
                  intervalMinutes === 0 ? '–' : everyOf(intervalMinutes, say),
              },
              {
                key: 'last',
                title: say('上次', 'Last'),
                render: ({ lastFiredAt }) => <When at={lastFiredAt} />,
              },
              {
                key: 'next',
                title: say('下次', 'Next'),
                render: ({ nextFiringAt }) => <When at={nextFiringAt} />,
              },
              {
                key: 'do',
                title: say('现在运行', 'Run now'),
                render: ({ kind }) => <StartRuns kinds={[kind]} />,
              },
            ]}
          />
        )}
      </Loaded>
    </Page>
  );
}

/** An interval in the largest unit that divides it. */
function everyOf(minutes: number, say: Say): string {
  if (minutes % 1_440 === 0) return say(`${minutes / 1_440} 天`, `${minutes / 1_440} d`);
  if (minutes % 60 === 0) return say(`${minutes / 60} 小时`, `${minutes / 60} h`);
  return say(`${minutes} 分钟`, `${minutes} min`);
}
