import { Space } from 'antd';
import { call } from '../../api/call.ts';
import {
  DeleteTermCalendarsDocument,
  ReconcileCalendarsDocument,
  RestoreCalendarUserDocument,
  type RunAnswerFragment,
  type RunMode,
  StartCalendarSyncDocument,
  UpdateTermDocument,
} from '../../api/generated/graphql.ts';
import { usePreferences, useSay } from '../../frame/preferences.tsx';
import { useMay } from '../../frame/viewer.tsx';
import { Action } from '../../parts/action.tsx';
import { type Field, oneOf, type Values } from '../../parts/fields.tsx';
import { useGo } from '../../parts/go.tsx';
import { optionsOf } from '../../text/words.ts';

const ONCE = { repeatable: false } as const;

interface TermActionsProps {
  /** Null: the reader names it. */
  readonly term: { readonly code: string; readonly status: string; readonly blockPolicy: string } | null;
}

/** Actions on the calendars of a term. */
export function TermActions({ term }: TermActionsProps) {
  const say = useSay();
  const may = useMay();
  const { language } = usePreferences();
  if (!may('operate')) return null;
  const termOf = (values: Values) => term?.code ?? values['term']?.trim() ?? '';
  const named: readonly Field[] =
    term === null
      ? [{ name: 'term', label: say('学期', 'Term'), required: true, placeholder: '2025-2026-1' }]
      : [];
  return (
    <Space wrap>
      <StartTermRun
        label={say('同步', 'Sync')}
        fields={[
          ...named,
          {
            name: 'kind',
            label: say('种类', 'Kind'),
            kind: 'select',
            required: true,
            options: optionsOf('calendarSync', language),
          },
        ]}
        initial={{ kind: term === null ? 'FULL' : 'INCREMENTAL' }}
        start={async (values, mode) => {
          const kind = oneOf(values['kind'], ['FULL', 'INCREMENTAL', 'USERS'] as const) ?? 'INCREMENTAL';
          const input = { term: termOf(values), kind, mode, userType: 'ALL' } as const;
          return (await call(StartCalendarSyncDocument, { input }, ONCE)).startCalendarSync;
        }}
      />
      {term !== null && (
        <>
          <StartTermRun
            label={say('核对', 'Reconcile')}
            start={async (_, mode) =>
              (await call(ReconcileCalendarsDocument, { input: { term: term.code, mode } }, ONCE))
                .reconcileCalendars
            }
          />
          <StartTermRun
            label={say('恢复成员', 'Restore member')}
            fields={[{ name: 'userNo', label: say('学工号', 'User number'), required: true }]}
            start={async (values, mode) => {
              const input = { term: term.code, userNo: values['userNo'] ?? '', mode };
              return (await call(RestoreCalendarUserDocument, { input }, ONCE)).restoreCalendarUser;
            }}
          />
          <StartTermRun
            label={say('删除日历', 'Delete calendars')}
            danger
            typed={term.code}
            start={async (_, mode) =>
              (await call(DeleteTermCalendarsDocument, { input: { term: term.code, mode } }, ONCE))
                .deleteTermCalendars
            }
          />
          <Action
            label={say('修改学期', 'Change term')}
            size="small"
            fields={[
              {
                name: 'status',
                label: say('状态', 'Status'),
                kind: 'select',
                required: true,
                options: optionsOf('term', language),
              },
              {
                name: 'policy',
                label: say('合并方式', 'Blocks are'),
                kind: 'select',
                required: true,
                options: optionsOf('blockPolicy', language),
              },
            ]}
            initial={{ status: term.status, policy: term.blockPolicy }}
            run={(values) =>
              call(
                UpdateTermDocument,
                {
                  input: {
                    term: term.code,
                    status: oneOf(values['status'], ['OPEN', 'CLOSED'] as const) ?? null,
                    blockPolicy: oneOf(values['policy'], ['CONTIGUOUS', 'HALF_DAY'] as const) ?? null,
                  },
                },
                ONCE,
              )
            }
            errorsOf={({ updateTerm }) => updateTerm.userErrors}
            done={() => say('已修改', 'Changed')}
          />
        </>
      )}
    </Space>
  );
}

/** Starts a run, as a dry run unless said otherwise, and goes to it. */
function StartTermRun(props: {
  readonly label: string;
  readonly danger?: boolean;
  readonly typed?: string;
  readonly fields?: readonly Field[];
  readonly initial?: Values;
  readonly start: (values: Values, mode: RunMode) => Promise<RunAnswerFragment>;
}) {
  const say = useSay();
  const go = useGo();
  const { label, danger = false, typed, fields = [], initial = {}, start } = props;
  return (
    <Action
      label={label}
      size="small"
      danger={danger}
      {...(typed !== undefined && { typed })}
      fields={[
        ...fields,
        {
          name: 'dry',
          label: say('试运行：只显示会做什么', 'Dry run: only show what would be done'),
          kind: 'switch',
        },
      ]}
      initial={{ ...initial, dry: 'true' }}
      run={(values) => start(values, values['dry'] === 'true' ? 'DRY_RUN' : 'RUN')}
      errorsOf={({ userErrors }) => userErrors}
      done={() => say('已开始', 'Started')}
      onDone={({ run }) => {
        if (run) go(`/runs/${run.runId}`);
      }}
    />
  );
}
