import type { ActivityQuery } from '../../api/generated/graphql.ts';
import { usePreferences, useSay } from '../../frame/preferences.tsx';
import { Section } from '../../parts/page.tsx';
import { lastHours } from './hours.ts';

type Entry = ActivityQuery['activity'][number];
interface Hour {
  readonly at: number;
  readonly done: number;
  readonly failed: number;
  readonly retried: number;
}

const WIDTH = 720;
const HEIGHT = 120;
const FLOOR = 100;

/** Completed, retried and failed tasks in each hour of the last day. */
export function Activity({ activity }: { readonly activity: readonly Entry[] }) {
  const say = useSay();
  return (
    <Section title={say('过去 24 小时的吞吐和错误', 'Throughput and errors, last 24 hours')}>
      <Chart hours={hoursOf(activity)} />
    </Section>
  );
}

function Chart({ hours }: { readonly hours: readonly Hour[] }) {
  const say = useSay();
  const { zone } = usePreferences();
  const most = Math.max(1, ...hours.map(({ done, failed, retried }) => done + failed + retried));
  const sum = (part: 'done' | 'failed' | 'retried') => hours.reduce((total, hour) => total + hour[part], 0);
  const clock = new Intl.DateTimeFormat('sv-SE', { hour: '2-digit', timeZone: zone });
  const step = WIDTH / hours.length;
  const parts = [
    ['done', say('完成', 'done'), 'var(--ok)'],
    ['retried', say('将重试', 'to be retried'), 'var(--warn)'],
    ['failed', say('失败', 'failed'), 'var(--bad)'],
  ] as const;
  const said = parts.map(([part, name]) => `${name} ${sum(part)}`).join(', ');
  return (
    <>
      <svg
        className="chart"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={said}
      >
        <line x1="0" y1={FLOOR} x2={WIDTH} y2={FLOOR} stroke="var(--line)" />
        {hours.map((hour, index) => {
          let top = FLOOR;
          return (
            <g key={hour.at}>
              <title>{`${clock.format(hour.at)}:00 ${parts.map(([part, name]) => `${name} ${hour[part]}`).join(', ')}`}</title>
              {parts.map(([part, , colour]) => {
                const height = (hour[part] / most) * (FLOOR - 4);
                top -= height;
                return (
                  <rect
                    key={part}
                    x={index * step + 2}
                    y={top}
                    width={step - 4}
                    height={height}
                    fill={colour}
                  />
                );
              })}
              <rect x={index * step} y={0} width={step} height={FLOOR} fill="transparent" />
            </g>
          );
        })}
      </svg>
      <div className="hours" aria-hidden>
        {hours
          .filter((_, index) => index % 4 === 0)
          .map(({ at }) => (
            <span key={at}>{clock.format(at)}:00</span>
          ))}
      </div>
      <div className="legend">
        {parts.map(([part, name, colour]) => (
          <span key={part}>
            <i style={{ background: colour }} aria-hidden />
            {name} {sum(part)}
          </span>
        ))}
        <span className="quiet">{say(`每小时最多 ${most}`, `at most ${most} an hour`)}</span>
      </div>
    </>
  );
}

/** One entry for every hour, those without an attempt among them. */
function hoursOf(activity: readonly Entry[]): readonly Hour[] {
  return lastHours().map((at) => {
    const entries = activity.filter(({ hour }) => Date.parse(hour) === at);
    const sum = (part: 'done' | 'failed' | 'retried') =>
      entries.reduce((total, entry) => total + entry[part], 0);
    return { at, done: sum('done'), failed: sum('failed'), retried: sum('retried') };
  });
}
