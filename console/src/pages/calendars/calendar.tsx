import { useParams } from '@tanstack/react-router';
import { CourseCalendarDocument, type CourseCalendarQuery } from '../../api/generated/graphql.ts';
import { POLL_MS, useData } from '../../api/use-data.ts';
import { usePreferences, useSay } from '../../frame/preferences.tsx';
import { DataList, pageOf } from '../../parts/data-list.tsx';
import { Explain } from '../../parts/explain.tsx';
import { Facts } from '../../parts/facts.tsx';
import { several } from '../../parts/fields.tsx';
import { addressOf, Go, useSearch } from '../../parts/go.tsx';
import { Id } from '../../parts/id.tsx';
import { Loaded, NotThere, Page, Section } from '../../parts/page.tsx';
import { State, Word } from '../../parts/state.tsx';
import { When } from '../../parts/when.tsx';
import { optionsOf } from '../../text/words.ts';

type Calendar = NonNullable<CourseCalendarQuery['courseCalendar']>;
type Member = Calendar['members']['nodes'][number];

const states = ['PENDING', 'ACTIVE', 'REMOVING', 'REMOVED', 'USER_MISSING', 'FAILED'] as const;

/** One calendar: its state at WPS, and its members. */
export function View() {
  const { term: name = '', offering: number = '' } = useParams({ strict: false });
  const [term, offering] = [decodeURIComponent(name), decodeURIComponent(number)];
  const say = useSay();
  const { language } = usePreferences();
  const [search] = useSearch();
  const state = several(search['state'], states);
  const query = useData(
    CourseCalendarDocument,
    {
      term,
      offering,
      ...pageOf(search),
      ...(state && { state: [...state] }),
      ...(search['search'] && { search: search['search'] }),
    },
    { pollMs: POLL_MS },
  );
  return (
    <Page title={query.data?.courseCalendar?.desiredTitle ?? offering}>
      <Loaded query={query}>
        {({ courseCalendar }) =>
          courseCalendar === null ? (
            <NotThere id={offering} />
          ) : (
            <>
              <About calendar={courseCalendar} term={term} />
              <DataList<Member>
                label={say('成员', 'Members')}
                query={{ ...query, data: courseCalendar.members }}
                rowKey={({ id }) => id}
                filters={[
                  { name: 'search', label: say('姓名或学工号', 'Name or number') },
                  {
                    name: 'state',
                    label: say('状态', 'State'),
                    kind: 'several',
                    options: optionsOf('calendarMember', language),
                  },
                ]}
                whenEmpty={say('没有成员', 'No member')}
                columns={[
                  { key: 'no', title: say('学工号', 'Number'), render: ({ userNo }) => userNo },
                  { key: 'name', title: say('姓名', 'Name'), render: (member) => member.name ?? '–' },
                  {
                    key: 'type',
                    title: say('身份', 'Is'),
                    render: ({ userType }) => <Word of="userType" value={userType} />,
                  },
                  {
                    key: 'role',
                    title: say('角色', 'Role'),
                    render: (member) => <Role of={member} />,
                  },
                  {
                    key: 'state',
                    title: say('状态', 'State'),
                    render: (member) => <State of="calendarMember" value={member.state} />,
                  },
                  {
                    key: 'why',
                    title: say('说明', 'Why'),
                    render: ({ error }) => <Explain failure={error} />,
                  },
                ]}
              />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function About({ calendar, term }: { readonly calendar: Calendar; readonly term: string }) {
  const say = useSay();
  return (
    <Section title={say('日历', 'Calendar')} extra={<State of="courseCalendar" value={calendar.state} />}>
      {calendar.explanation && <p className="explain">{calendar.explanation}</p>}
      <Explain failure={calendar.error} />
      <Facts
        of={[
          [
            say('学期', 'Term'),
            <Go key="term" to={`/calendars/${encodeURIComponent(term)}`}>
              {term}
            </Go>,
          ],
          [say('课程号', 'Offering'), <Id key="offering" id={calendar.offering} />],
          [say('现在的名称', 'Title now'), calendar.title],
          [say('应有的名称', 'Title wanted'), calendar.desiredTitle],
          ['WPS', calendar.wpsCalendarId && <Id key="wps" id={calendar.wpsCalendarId} />],
          [say('更新', 'Updated'), <When key="updated" at={calendar.updatedAt} />],
          [
            say('课表', 'Timetable'),
            <Go
              key="lessons"
              to={addressOf(`/calendars/${encodeURIComponent(term)}`, {
                tab: 'timetable',
                offering: calendar.offering,
              })}
            >
              {say('查看', 'see')}
            </Go>,
          ],
        ]}
      />
    </Section>
  );
}

/** The role at WPS, and the one it is to become where that is another. */
function Role({ of: { actualRole, desiredRole } }: { readonly of: Member }) {
  const word = (role: string | null | undefined) => (role ? <Word of="calendarRole" value={role} /> : '–');
  return actualRole === desiredRole ? (
    word(actualRole)
  ) : (
    <>
      {word(actualRole)} → {word(desiredRole)}
    </>
  );
}
