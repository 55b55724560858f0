import {
  ConflictsDocument,
  type ConflictsQuery,
  FindingsDocument,
  type FindingsQuery,
} from '../../api/generated/graphql.ts';
import { useData } from '../../api/use-data.ts';
import { usePreferences, useSay } from '../../frame/preferences.tsx';
import { DataList, pageOf } from '../../parts/data-list.tsx';
import { several } from '../../parts/fields.tsx';
import { Go, useSearch } from '../../parts/go.tsx';
import { Word } from '../../parts/state.tsx';
import { When } from '../../parts/when.tsx';
import { optionsOf } from '../../text/words.ts';

type Conflict = ConflictsQuery['calendarConflicts']['nodes'][number];
type Finding = FindingsQuery['calendarFindings']['nodes'][number];

/** Teachers, rooms and students that are in two places at once. */
export function Conflicts({ term }: { readonly term: string }) {
  const say = useSay();
  const { language } = usePreferences();
  const [search] = useSearch();
  const kind = several(search['kind'], ['TEACHER', 'ROOM', 'STUDENT'] as const);
  const query = useData(ConflictsDocument, { term, ...pageOf(search), ...(kind && { kind: [...kind] }) });
  return (
    <DataList<Conflict>
      label={say('冲突', 'Conflicts')}
      query={{ ...query, data: query.data?.calendarConflicts }}
      rowKey={({ kind: what, subject, startsAt, blocks }) =>
        `${what} ${subject} ${startsAt} ${blocks.map(({ id }) => id).join()}`
      }
      filters={[
        {
          name: 'kind',
          label: say('种类', 'Kind'),
          kind: 'several',
          options: optionsOf('conflict', language),
        },
      ]}
      whenEmpty={say('没有冲突', 'None')}
      columns={[
        {
          key: 'kind',
          title: say('种类', 'Kind'),
          render: (conflict) => <Word of="conflict" value={conflict.kind} />,
        },
        { key: 'subject', title: say('对象', 'Who or where'), render: ({ subject }) => subject },
        { key: 'at', title: say('时间', 'When'), render: ({ startsAt }) => <When at={startsAt} exact /> },
        { key: 'students', title: say('学生数', 'Students'), render: ({ students }) => students ?? '–' },
        {
          key: 'blocks',
          title: say('课程', 'Lessons'),
          render: ({ blocks }) =>
            blocks.map(({ id, offering, courseName, rooms }) => (
              <div key={id}>
                <Go to={`/calendars/${encodeURIComponent(term)}/${encodeURIComponent(offering)}`}>
                  {courseName}
                </Go>{' '}
                {[...new Set(rooms)].join(', ')}
              </div>
            )),
        },
      ]}
    />
  );
}

/** Differences between our record and WPS. */
export function Findings({ term }: { readonly term: string }) {
  const say = useSay();
  const { language } = usePreferences();
  const [search] = useSearch();
  const kind = several(search['kind'], ['MISSING_REMOTE', 'ORPHAN_REMOTE', 'DRIFT', 'FOREIGN'] as const);
  const open = search['open'] === 'all' ? {} : { open: true };
  const query = useData(FindingsDocument, {
    term,
    ...pageOf(search),
    ...open,
    ...(kind && { kind: [...kind] }),
  });
  return (
    <DataList<Finding>
      label={say('差异', 'Findings')}
      query={{ ...query, data: query.data?.calendarFindings }}
      rowKey={({ id }) => id}
      filters={[
        {
          name: 'kind',
          label: say('种类', 'Kind'),
          kind: 'several',
          options: optionsOf('finding', language),
        },
        {
          name: 'open',
          label: say('包括已修复', 'Repaired ones too'),
          kind: 'select',
          options: [{ value: 'all', label: say('包括已修复', 'repaired ones too') }],
        },
      ]}
      whenEmpty={say('没有差异。用“核对”检查。', 'None known. Reconcile looks.')}
      columns={[
        {
          key: 'kind',
          title: say('种类', 'Kind'),
          render: (finding) => <Word of="finding" value={finding.kind} />,
        },
        {
          key: 'message',
          title: say('说明', 'What'),
          render: ({ message }) => <div className="explain">{message}</div>,
        },
        {
          key: 'calendar',
          title: say('日历', 'Calendar'),
          render: ({ calendar }) =>
            calendar && (
              <Go to={`/calendars/${encodeURIComponent(term)}/${encodeURIComponent(calendar.offering)}`}>
                {calendar.offering}
              </Go>
            ),
        },
        { key: 'found', title: say('发现', 'Found'), render: ({ foundAt }) => <When at={foundAt} /> },
        {
          key: 'repaired',
          title: say('修复', 'Repaired'),
          render: ({ repairedAt }) => <When at={repairedAt} />,
        },
      ]}
    />
  );
}
