import { Button, Space } from 'antd';
import { FirstLessonDocument, TimetableDocument, type TimetableQuery } from '../../api/generated/graphql.ts';
import { useData } from '../../api/use-data.ts';
import { usePreferences, useSay } from '../../frame/preferences.tsx';
import { Control, type Field } from '../../parts/fields.tsx';
import { Go, useSearch } from '../../parts/go.tsx';
import { Loaded } from '../../parts/page.tsx';
import { wordOf } from '../../text/words.ts';

type Block = TimetableQuery['lessonBlocks']['nodes'][number];

/** As many as one answer holds; a week of one person, room or course has fewer. */
const BLOCKS = 100;
const DAYS = 7;

/** The lessons of one week, laid out by day and period: of a person, a teacher, a room or a course. */
export function Timetable({ term }: { readonly term: string }) {
  const say = useSay();
  const [search, change] = useSearch();
  const first = useData(FirstLessonDocument, { term });
  const monday = mondayOf(search['week'] ?? first.data?.lessonBlocks.nodes[0]?.date ?? today());
  const filter = {
    from: monday,
    to: addDays(monday, DAYS - 1),
    ...(search['userNo'] && { userNo: search['userNo'] }),
    ...(search['teacher'] && { teacher: search['teacher'] }),
    ...(search['room'] && { room: search['room'] }),
    ...(search['offering'] && { offering: search['offering'] }),
  };
  const query = useData(
    TimetableDocument,
    { term, first: BLOCKS, filter },
    { enabled: first.data !== undefined },
  );
  const fields: readonly Field[] = [
    { name: 'userNo', label: say('学生或教师学工号', 'Student or teacher') },
    { name: 'teacher', label: say('教师', 'Teacher') },
    { name: 'room', label: say('教室', 'Room') },
    { name: 'offering', label: say('课程号', 'Offering') },
  ];
  return (
    <>
      <search className="filters">
        {fields.map((field) => (
          <Control
            key={field.name}
            field={field}
            value={search[field.name] ?? ''}
            onChange={(value) => change({ [field.name]: value })}
          />
        ))}
        <Space>
          <Button onClick={() => change({ week: addDays(monday, -DAYS) })}>
            {say('上一周', 'Week before')}
          </Button>
          <Button onClick={() => change({ week: addDays(monday, DAYS) })}>
            {say('下一周', 'Week after')}
          </Button>
        </Space>
        <Control
          field={{ name: 'week', label: say('周', 'Week of'), kind: 'day' }}
          value={monday}
          onChange={(week) => change({ week })}
        />
      </search>
      <Loaded query={query}>
        {({ lessonBlocks }) => (
          <>
            {lessonBlocks.pageInfo.hasNextPage && (
              <p role="status">
                {say(`只显示前 ${BLOCKS} 节，请筛选。`, `Only the first ${BLOCKS} are shown: filter.`)}
              </p>
            )}
            <Week monday={monday} blocks={lessonBlocks.nodes} term={term} />
          </>
        )}
      </Loaded>
    </>
  );
}

function Week({
  monday,
  blocks,
  term,
}: {
  readonly monday: string;
  readonly blocks: readonly Block[];
  readonly term: string;
}) {
  const say = useSay();
  const { language } = usePreferences();
  const periods = [...new Set(blocks.map(({ periods: [first = 0] }) => first))].toSorted((a, b) => a - b);
  const days = Array.from({ length: DAYS }, (_, index) => addDays(monday, index));
  const weekday = new Intl.DateTimeFormat(language === 'EN' ? 'en' : 'zh-CN', {
    weekday: 'short',
    timeZone: 'UTC',
  });
  if (blocks.length === 0) return <p className="quiet">{say('这一周没有课。', 'No lesson in this week.')}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
    <section className="week" tabIndex={0} aria-label={say('课表', 'Timetable')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('节次', 'Period')}</th>
            {days.map((day) => (
              <th key={day} scope="col">
                {weekday.format(new Date(`${day}T00:00:00Z`))} <span className="quiet">{day.slice(5)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {periods.map((period) => (
            <tr key={period}>
              <th scope="row">{period}</th>
              {days.map((day) => (
                <td key={day}>
                  {blocks
                    .filter(({ date, periods: [first] }) => date === day && first === period)
                    .map((block) => (
                      <Lesson key={block.id} block={block} term={term} />
                    ))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Lesson({ block, term }: { readonly block: Block; readonly term: string }) {
  const { language } = usePreferences();
  const { periods, rooms, building, teachers, event } = block;
  const tone = event ? wordOf('calendarEvent', event.state, language) : null;
  return (
    <div className={`lesson edge-${tone?.tone ?? 'default'}`}>
      <Go to={`/calendars/${encodeURIComponent(term)}/${encodeURIComponent(block.offering)}`}>
        {block.courseName}
      </Go>
      <div className="quiet">
        {periods[0]}
        {periods.length > 1 && `–${periods.at(-1)}`} · {building} {[...new Set(rooms)].join(', ')}
      </div>
      <div className="quiet">{teachers.map(({ name, userNo }) => name ?? userNo).join(', ')}</div>
      {tone && <div className="quiet">{tone.text}</div>}
    </div>
  );
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function addDays(day: string, count: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}

function mondayOf(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return addDays(day, -((weekday + 6) % DAYS));
}
