import { useParams } from '@tanstack/react-router';
import { useSay } from '../../frame/preferences.tsx';
import { useSearch } from '../../parts/go.tsx';
import { Page } from '../../parts/page.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { Calendars } from './calendars.tsx';
import { Conflicts, Findings } from './problems.tsx';
import { Timetable } from './timetable.tsx';

/** One term: its calendars, its lessons week by week, what collides and what differs. */
export function View() {
  const { term: name = '' } = useParams({ strict: false });
  const term = decodeURIComponent(name);
  const say = useSay();
  const [search, change] = useSearch();
  const tab = search['tab'] ?? 'calendars';
  return (
    <Page title={`${say('课程日历', 'Calendars')} ${term}`}>
      <Tabs
        label={say('视图', 'View')}
        active={tab}
        onPick={(key) => change({ tab: key, after: undefined, before: undefined })}
        tabs={[
          { key: 'calendars', label: say('日历', 'calendars') },
          { key: 'timetable', label: say('课表', 'timetable') },
          { key: 'conflicts', label: say('冲突', 'conflicts') },
          { key: 'findings', label: say('差异', 'findings') },
        ]}
      />
      {tab === 'calendars' && <Calendars term={term} />}
      {tab === 'timetable' && <Timetable term={term} />}
      {tab === 'conflicts' && <Conflicts term={term} />}
      {tab === 'findings' && <Findings term={term} />}
    </Page>
  );
}
