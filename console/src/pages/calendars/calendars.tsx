import { CourseCalendarsDocument, type CourseCalendarsQuery } from '../../api/generated/graphql.ts';
import { POLL_MS, useData } from '../../api/use-data.ts';
import { usePreferences, useSay } from '../../frame/preferences.tsx';
import { DataList, pageOf } from '../../parts/data-list.tsx';
import { Explain } from '../../parts/explain.tsx';
import { several } from '../../parts/fields.tsx';
import { Go, useSearch } from '../../parts/go.tsx';
import { Id } from '../../parts/id.tsx';
import { State } from '../../parts/state.tsx';
import { When } from '../../parts/when.tsx';
import { optionsOf } from '../../text/words.ts';

type Calendar = CourseCalendarsQuery['courseCalendars']['nodes'][number];

/** The calendars of a term. */
export function Calendars({ term }: { readonly term: string }) {
  const say = useSay();
  const { language } = usePreferences();
  const [search] = useSearch();
  const state = several(search['state'], ['PENDING', 'ACTIVE', 'FAILED', 'DELETED'] as const);
  const filter = {
    ...(state && { state: [...state] }),
    ...(search['search'] && { search: search['search'] }),
    ...(search['userNo'] && { userNo: search['userNo'] }),
  };
  const query = useData(CourseCalendarsDocument, { term, ...pageOf(search), filter }, { pollMs: POLL_MS });
  return (
    <DataList<Calendar>
      label={say('日历', 'Calendars')}
      query={{ ...query, data: query.data?.courseCalendars }}
      rowKey={({ id }) => id}
      filters={[
        { name: 'search', label: say('课程号或名称', 'Offering or title') },
        { name: 'userNo', label: say('成员学工号', 'Of this member') },
        {
          name: 'state',
          label: say('状态', 'State'),
          kind: 'several',
          options: optionsOf('courseCalendar', language),
        },
      ]}
      whenEmpty={say('还没有日历。', 'No calendar yet.')}
      columns={[
        {
          key: 'offering',
          title: say('课程号', 'Offering'),
          render: ({ offering }) => (
            <Go to={`/calendars/${encodeURIComponent(term)}/${encodeURIComponent(offering)}`}>{offering}</Go>
          ),
        },
        {
          key: 'title',
          title: say('名称', 'Title'),
          render: ({ title, desiredTitle }) => title ?? desiredTitle,
        },
        {
          key: 'state',
          title: say('状态', 'State'),
          render: (calendar) => <State of="courseCalendar" value={calendar.state} />,
        },
        {
          key: 'why',
          title: say('说明', 'Explanation'),
          render: ({ explanation, error }) =>
            error ? (
              <Explain failure={{ ...error, message: explanation ?? error.message }} />
            ) : (
              <div className="explain">{explanation}</div>
            ),
        },
        {
          key: 'wps',
          title: 'WPS',
          render: ({ wpsCalendarId }) => wpsCalendarId && <Id id={wpsCalendarId} />,
        },
        { key: 'at', title: say('更新', 'Updated'), render: ({ updatedAt }) => <When at={updatedAt} /> },
      ]}
    />
  );
}
