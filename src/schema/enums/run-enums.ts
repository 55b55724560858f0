import type {
  RunItemOutcome,
  RunKind,
  RunMode,
  RunStatus,
  RunTrigger,
  StepStatus,
} from '../../domain/runs/run-states.ts';
import type { Builder } from '../builder.ts';

type Values<T extends string> = Readonly<Record<T, { readonly description: string }>>;

const kinds = {
  HR_SYNC: { description: 'People from HR.' },
  TASK_CREATION: { description: 'Tasks for people who lack accounts.' },
  TASK_PROCESSING: { description: 'A number of ready tasks, once each.' },
  LEAVERS: { description: 'Accounts of people who left.' },
  ACCOUNT_VERIFICATION: { description: 'Whether accounts are still there.' },
  CALENDAR_FULL: { description: 'The whole timetable to calendars.' },
  CALENDAR_INCREMENTAL: { description: 'What changed in the timetable.' },
  CALENDAR_USERS: { description: 'Members of calendars.' },
  DATABASE_ACCOUNTS: { description: 'Accounts and permissions of remote databases.' },
} as const satisfies Values<RunKind>;

const modes = {
  RUN: { description: 'Does it.' },
  DRY_RUN: { description: 'Says what it would do; writes nothing but the run.' },
} as const satisfies Values<RunMode>;

const triggers = {
  MANUAL_SINGLE: { description: 'By hand, for one.' },
  MANUAL_BATCH: { description: 'By hand, for several.' },
  MANUAL_TASK: { description: 'By hand: mutation or command line.' },
  SCHEDULED_TASK: { description: 'By its schedule.' },
  EVENT: { description: 'By another job.' },
} as const satisfies Values<RunTrigger>;

const statuses = {
  RUNNING: { description: 'Under way, or about to be.' },
  AWAITING_CONFIRMATION: { description: 'Would do more than it may by itself; waits for a person.' },
  COMPLETED: { description: 'Everything done.' },
  COMPLETED_WITH_ERRORS: { description: 'Done; some records were refused or are incomplete.' },
  FAILED: { description: 'Ended without its work.' },
  CANCELLED: { description: 'Stopped by a person; what was done stays.' },
} as const satisfies Values<RunStatus>;

const stepStatuses = {
  PENDING: { description: 'Not begun.' },
  RUNNING: { description: 'Under way.' },
  COMPLETED: { description: 'Done.' },
  FAILED: { description: 'Failed.' },
  SKIPPED: { description: 'Never begun, because the run ended.' },
  CANCELLED: { description: 'Stopped.' },
} as const satisfies Values<StepStatus>;

const itemOutcomes = {
  PENDING: { description: 'Still to be done by this run, perhaps after a confirmation.' },
  SKIPPED: { description: 'Left out.' },
  INCOMPLETE: { description: 'Taken, but not all of it.' },
  FAILED: { description: 'Tried and not done; `retryFailedItems` tries again.' },
  WAITS: { description: 'A dry run: would be left alone, because it waits for what the message says.' },
  WOULD_RUN: { description: 'A dry run: would be run once.' },
  WOULD_INSERT: { description: 'A dry run: would be new.' },
  WOULD_UPDATE: { description: 'A dry run: would change.' },
  WOULD_DISABLE: { description: 'A dry run: the account would be disabled.' },
  WOULD_ENABLE: { description: 'A dry run: the account would be enabled again.' },
  DISABLED: { description: 'The account was disabled.' },
  UPDATED: { description: 'The account was brought in line with HR.' },
  TASK_CREATED: { description: 'A task was made that brings the account about.' },
  MISSING: { description: 'Active here, and its system knows it no more.' },
  DIFFERING: { description: 'Its system describes it otherwise than it is recorded here.' },
  ORPHAN: { description: 'It is at its system, and nobody has it here.' },
  CORRECTED: { description: "It differed; the system's values are recorded now." },
  FORGOTTEN: {
    description:
      'It was missing and is planned again, but is not made by itself: a switch is off, or nobody wants it. A retry makes it.',
  },
  ADOPTED: { description: 'It was found at its system and is active here now.' },
  WOULD_ADOPT: { description: 'A dry run: found at its system, and would be active here.' },
  BY_HAND: { description: 'Cannot be done from here: do it by hand at the system that the details name.' },
} as const satisfies Values<RunItemOutcome>;

/** Closed sets of the runs. */
export function addRunEnums(builder: Builder) {
  return {
    runKind: builder.enumType('RunKind', { description: 'What a run does.', values: kinds }),
    runMode: builder.enumType('RunMode', { description: 'Whether it writes.', values: modes }),
    runTrigger: builder.enumType('RunTrigger', { description: 'What started a run.', values: triggers }),
    runStatus: builder.enumType('RunStatus', { description: 'State of a run.', values: statuses }),
    stepStatus: builder.enumType('StepStatus', { description: 'State of a stage.', values: stepStatuses }),
    runItemOutcome: builder.enumType('RunItemOutcome', {
      description: 'What became of one record.',
      values: itemOutcomes,
    }),
  };
}
