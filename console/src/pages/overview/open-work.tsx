import type { ActivityQuery, OverviewQuery } from '../../api/generated/graphql.ts';
import { useSay } from '../../frame/preferences.tsx';
import { byStatus, Legend, StateBar } from '../../parts/bar.tsx';
import { addressOf, Go } from '../../parts/go.tsx';
import { Section } from '../../parts/page.tsx';
import { seconds } from '../../parts/when.tsx';
import { systemName } from '../../text/systems.ts';
import { HOURS, lastHours } from './hours.ts';

type Overview = OverviewQuery['overview'];
type Entry = ActivityQuery['activity'][number];

const OPEN = new Set(['PENDING', 'WAITING', 'PROCESSING', 'RETRY', 'UNCERTAIN']);
const WIDTH = 240;
const HEIGHT = 36;

/** Open tasks by system: now, by state, and how many there were over the last day. */
export function OpenWork({
  overview,
  activity,
}: {
  readonly overview: Overview;
  readonly activity: readonly Entry[];
}) {
  const say = useSay();
  const { oldestReady } = overview;
  const systems = overview.systems.flatMap(({ system }) => system ?? []);
  return (
    <Section
      title={say('未完成的任务', 'Open work')}
      extra={<Go to={addressOf('/tasks', { status: [...OPEN].join(',') })}>{say('全部', 'all')}</Go>}
    >
      <div className="stack">
        {systems.map((system) => {
          const parts = overview.taskCounts.filter(
            (count) => count.system === system && OPEN.has(count.status),
          );
          const open = parts.reduce((sum, { count }) => sum + count, 0);
          return (
            <div key={system}>
              <Go to={addressOf('/tasks', { system, status: [...OPEN].join(',') })}>
                {systemName(system)} {open}
              </Go>
              {oldestReady?.system === system && (
                <span className="quiet">
                  {' '}
                  <Go to={`/tasks/${encodeURIComponent(oldestReady.taskId)}`}>
                    {say(
                      `最久已等 ${seconds(oldestReady.ageSeconds)}`,
                      `the oldest is ready for ${seconds(oldestReady.ageSeconds)}`,
                    )}
                  </Go>
                </span>
              )}
              <Series name={systemName(system)} values={openByHour(open, activity, system)} />
              <StateBar of="task" parts={parts} label={systemName(system)} />
              <Legend of="task" parts={byStatus(parts)} />
            </div>
          );
        })}
      </div>
    </Section>
  );
}

/** Open tasks at the end of each hour of the last day: those of now, back through what came and what ended. */
function openByHour(now: number, activity: readonly Entry[], system: string): readonly number[] {
  const values: number[] = [];
  let open = now;
  for (const at of lastHours().toReversed()) {
    values.unshift(open);
    const entry = activity.find((each) => each.system === system && Date.parse(each.hour) === at);
    open = Math.max(0, open - (entry?.created ?? 0) + (entry?.ended ?? 0));
  }
  return values;
}

function Series({ name, values }: { readonly name: string; readonly values: readonly number[] }) {
  const say = useSay();
  const most = Math.max(...values);
  const y = (value: number) => HEIGHT - 2 - (value / Math.max(1, most)) * (HEIGHT - 4);
  const step = WIDTH / (values.length - 1);
  const line = values.map((value, index) => `${(index * step).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
  const said = say(
    `${name}：过去 ${HOURS} 小时最多 ${most} 个未完成`,
    `${name}: at most ${most} open over the last ${HOURS} hours`,
  );
  return (
    <div className="series">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={said}>
        <title>{said}</title>
        <polygon points={`0,${HEIGHT} ${line} ${WIDTH},${HEIGHT}`} className="series-area" />
        <polyline points={line} className="series-line" />
      </svg>
      <span className="quiet">{say(`24 小时内最多 ${most}`, `24 h, at most ${most}`)}</span>
    </div>
  );
}
