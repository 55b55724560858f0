import type { CalendarRunKind } from '../../domain/calendar/run-kinds.ts';
import type { TimetableUserScope } from '../../domain/calendar/states.ts';
import type { RunMode } from '../../domain/runs/run-states.ts';
import { startCalendarRun } from '../../jobs/calendar/start-calendar-run.ts';
import { addMutation } from '../building/mutation.ts';
import type { RequestScope } from '../context/context.ts';
import { operationContext } from '../context/operation.ts';
import { needs } from '../permissions/rules.ts';
import { RunModeEnum, runMode } from '../runs/enums.ts';
import { RunPayload } from '../runs/run-payload.ts';
import { CalendarSyncKindEnum, TimetableUserScopeEnum } from './enums.ts';

const TERM = 'As the source writes it: 2024-2025-2.';
const ONE_LIVE =
  'Of a term one run is live at a time: a start of the same kind joins it, one of another kind is INVALID_STATE and names it.';

function start(
  scope: RequestScope,
  run: {
    readonly term: string;
    readonly kind: CalendarRunKind;
    readonly mode: RunMode;
    readonly userType?: TimetableUserScope;
    readonly userNo?: string;
  },
) {
  const { userType = 'ALL', userNo = null, ...input } = run;
  return startCalendarRun(operationContext(scope), { ...input, userType, userNo, trigger: 'MANUAL_TASK' });
}

const kinds = {
  FULL: 'CALENDAR_FULL',
  INCREMENTAL: 'CALENDAR_INCREMENTAL',
  USERS: 'CALENDAR_USERS',
} as const;

addMutation('startCalendarSync', {
  rule: needs('operate'),
  description: `Begins to bring the calendars of a term in line with its timetable, and returns at once. ${ONE_LIVE} Would more than a fifth of its events or members go, it waits for confirmRun before its first effect.`,
  about:
    'userType narrows a USERS run. mode DRY_RUN returns the plan as items of the run and writes nothing, here or there.',
  input: (t) => ({
    term: t.string({ required: true, description: TERM }),
    kind: t.field({ type: CalendarSyncKindEnum, required: true, description: 'What it is about.' }),
    mode: t.field(runMode('DRY_RUN returns the plan as items of the run; writes nothing, here or there.')),
    userType: t.field({
      type: TimetableUserScopeEnum,
      required: true,
      defaultValue: 'ALL',
      description: 'Of a USERS run: which people it is about.',
    }),
  }),
  run: ({ term, kind, mode, userType }, scope) =>
    start(scope, { term, kind: kinds[kind], mode, userType: kind === 'USERS' ? userType : 'ALL' }),
  payload: RunPayload,
});

addMutation('reconcileCalendars', {
  rule: needs('operate'),
  description: `Compares the calendars of a term with WPS, and returns at once: \`calendarFindings\` has what differs. ${ONE_LIVE}`,
  about: 'Which term to compare, and whether to repair.',
  input: (t) => ({
    term: t.string({ required: true, description: TERM }),
    mode: t.field({
      type: RunModeEnum,
      required: true,
      defaultValue: 'DRY_RUN',
      description: 'DRY_RUN reports; RUN repairs as well. What others made is never touched.',
    }),
  }),
  run: ({ term, mode }, scope) => start(scope, { term, mode, kind: 'CALENDAR_RECONCILIATION' }),
  payload: RunPayload,
});

addMutation('restoreCalendarUser', {
  rule: needs('operate'),
  description: `Makes sure that one person is a member of all calendars that they should be in: looks at WPS, not only at our records. ${ONE_LIVE}`,
  about: 'Whom to restore.',
  input: (t) => ({
    term: t.string({ required: true, description: TERM }),
    userNo: t.string({ required: true, description: 'Student or staff number.' }),
    mode: t.field(runMode('DRY_RUN says in which calendars they are missing.')),
  }),
  run: ({ term, userNo, mode }, scope) => start(scope, { term, mode, userNo, kind: 'CALENDAR_RESTORE' }),
  payload: RunPayload,
});

addMutation('deleteTermCalendars', {
  rule: needs('operate'),
  description: `Deletes every calendar of a term with all that is in it, also what others added; the plan (DRY_RUN) says how much that is. ${ONE_LIVE}`,
  about: 'Which calendars to delete.',
  input: (t) => ({
    term: t.string({ required: true, description: TERM }),
    mode: t.field({
      type: RunModeEnum,
      required: true,
      defaultValue: 'DRY_RUN',
      description: 'DRY_RUN says what would go; RUN deletes.',
    }),
  }),
  run: ({ term, mode }, scope) => start(scope, { term, mode, kind: 'CALENDAR_DELETION' }),
  payload: RunPayload,
});
