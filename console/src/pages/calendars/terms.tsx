import { Space } from 'antd';
import { TermsDocument, type TermsQuery } from '../../api/generated/graphql.ts';
import { POLL_MS, useData } from '../../api/use-data.ts';
import { useSay } from '../../frame/preferences.tsx';
import { Legend, StateBar } from '../../parts/bar.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Go } from '../../parts/go.tsx';
import { Loaded, Page, Section } from '../../parts/page.tsx';
import { State, Word } from '../../parts/state.tsx';
import { When } from '../../parts/when.tsx';
import { TermActions } from './term-actions.tsx';

type Term = TermsQuery['terms'][number];

/** The terms of the timetable, and the progress of their calendars. */
export function View() {
  const say = useSay();
  const query = useData(TermsDocument, {}, { pollMs: POLL_MS });
  return (
    <Page title={say('课程日历', 'Calendars')} extra={<TermActions term={null} />}>
      <Loaded query={query}>
        {({ terms }) =>
          terms.length === 0 ? (
            <Section title={say('还没有学期', 'No term yet')}>
              <p>{say('用“全量同步”开始第一个学期。', 'A full sync begins the first one.')}</p>
            </Section>
          ) : (
            terms.map((term) => <OneTerm key={term.id} term={term} />)
          )
        }
      </Loaded>
    </Page>
  );
}

function OneTerm({ term }: { readonly term: Term }) {
  const say = useSay();
  const bars = [
    ['courseCalendar', say('日历', 'calendars'), term.calendarCounts],
    ['calendarEvent', say('课程', 'events'), term.eventCounts],
    ['calendarMember', say('成员', 'members'), term.memberCounts],
  ] as const;
  const runs = [
    [say('全量同步', 'Full sync'), term.lastFullSync],
    [say('增量同步', 'Incremental sync'), term.lastIncrementalSync],
  ] as const;
  return (
    <Section title={term.code} extra={<State of="term" value={term.status} />}>
      <Facts
        of={[
          [say('课节', 'Lessons'), term.lessonCount],
          [say('课程块', 'Blocks'), term.blockCount],
          [say('合并方式', 'Blocks are'), <Word key="policy" of="blockPolicy" value={term.blockPolicy} />],
          ...runs.map(
            ([label, run]) =>
              [
                label,
                run && (
                  <span key={label}>
                    <Go to={`/runs/${run.runId}`}>
                      <When at={run.startedAt} />
                    </Go>{' '}
                    <State of="run" value={run.status} />
                  </span>
                ),
              ] as const,
          ),
          [
            say('正在运行', 'Running'),
            term.liveRun && <Go to={`/runs/${term.liveRun.runId}`}>{term.liveRun.runId}</Go>,
          ],
        ]}
      />
      <div className="systems-bars">
        {bars.map(([set, label, counts]) => {
          const parts = counts.map(({ state, count }) => ({ status: state, count }));
          return (
            <div key={set}>
              {label}
              <StateBar of={set} parts={parts} label={label} />
              <Legend of={set} parts={parts} />
            </div>
          );
        })}
      </div>
      <Space wrap>
        <Go to={`/calendars/${encodeURIComponent(term.code)}`}>{say('日历', 'Calendars')}</Go>
        <Go to={`/calendars/${encodeURIComponent(term.code)}?tab=timetable`}>{say('课表', 'Timetable')}</Go>
        <Go to={`/calendars/${encodeURIComponent(term.code)}?tab=conflicts`}>{say('冲突', 'Conflicts')}</Go>
        <Go to={`/calendars/${encodeURIComponent(term.code)}?tab=findings`}>{say('差异', 'Findings')}</Go>
        <TermActions term={term} />
      </Space>
    </Section>
  );
}
