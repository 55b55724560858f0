import type { RunKind } from '../../domain/runs/run-kinds.ts';
import type {
  RunItemOutcome,
  RunMode,
  RunStatus,
  RunTrigger,
  StepStatus,
} from '../../domain/runs/run-states.ts';
import { builder } from '../building/builder.ts';
import { onlyJoined } from '../building/joined-values.ts';
import type { Described } from '../building/shared-enums.ts';

/** Areas say which kinds they have. */
export const RunKindEnum = builder.enumType('RunKind', {
  description: 'What a run does.',
  values: onlyJoined<RunKind>(),
});

const modes = {
  RUN: { description: 'Does it.' },
  DRY_RUN: { description: 'Says what it would do; writes nothing but the run.' },
} as const satisfies Described<RunMode>;

export const RunModeEnum = builder.enumType('RunMode', {
  description: 'Whether it writes.',
  values: modes,
});

/** Options of the field `mode` of an input: RUN unless it says otherwise. */
export function runMode(description: string) {
  return { type: RunModeEnum, required: true, defaultValue: 'RUN', description } as const;
}

const triggers = {
  MANUAL_SINGLE: { description: 'By hand, for one.' },
  MANUAL_BATCH: { description: 'By hand, for several.' },
  MANUAL_TASK: { description: 'By hand: mutation or command line.' },
  SCHEDULED_TASK: { description: 'By its schedule.' },
  EVENT: { description: 'By another job.' },
} as const satisfies Described<RunTrigger>;

export const RunTriggerEnum = builder.enumType('RunTrigger', {
  description: 'What started a run.',
  values: triggers,
});

const statuses = {
  RUNNING: { description: 'Under way, or about to be.' },
  AWAITING_CONFIRMATION: {
    description: 'Would change more than it may without a person; waits for confirmRun or rejectRun.',
  },
  COMPLETED: { description: 'Everything done.' },
  COMPLETED_WITH_ERRORS: { description: 'Done; some records were refused or are incomplete.' },
  FAILED: { description: 'Ended without its work.' },
  CANCELLED: { description: 'Stopped by a person; what was done stays.' },
} as const satisfies Described<RunStatus>;

export const RunStatusEnum = builder.enumType('RunStatus', {
  description: 'State of a run.',
  values: statuses,
});

const stepStatuses = {
  PENDING: { description: 'Not begun.' },
  RUNNING: { description: 'Under way.' },
  COMPLETED: { description: 'Done.' },
  FAILED: { description: 'Failed.' },
  SKIPPED: { description: 'Never begun, because the run ended.' },
  CANCELLED: { description: 'Stopped.' },
} as const satisfies Described<StepStatus>;

export const StepStatusEnum = builder.enumType('StepStatus', {
  description: 'State of a stage.',
  values: stepStatuses,
});

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
  WOULD_DELETE: { description: 'A dry run: would be deleted.' },
  DISABLED: { description: 'The account was disabled.' },
  CREATED: { description: 'It was created, and the other system confirmed it.' },
  UPDATED: { description: 'It was brought in line with its source.' },
  DELETED: { description: 'It was deleted, and the other system confirmed it.' },
  CONFLICTING: { description: 'Its source contradicts itself; the run went on all the same.' },
  TASK_CREATED: { description: 'A task was made that brings the account about.' },
  MISSING: { description: 'Active here, and its system knows it no more.' },
  DIFFERING: { description: 'Its system describes it otherwise than it is recorded here.' },
  ORPHAN: { description: 'It exists at its system, and no person has it here.' },
  CORRECTED: { description: "It differed; the system's values are recorded now." },
  FORGOTTEN: {
    description:
      'It was missing and is PLANNED again, but not made: a switch is off, or no request or HR wants it. A retry makes it.',
  },
  ADOPTED: { description: 'It was found at its system and is active here now.' },
  WOULD_ADOPT: { description: 'A dry run: found at its system, and would be active here.' },
  COMPLETED: { description: 'Done.' },
  CANCELLED: { description: 'Not done: the run was stopped.' },
  AWAITING_CONFIRMATION: { description: 'Waits for a person: too many of its accounts are gone.' },
  BY_HAND: { description: 'Cannot be done from here: do it by hand at the system that the details name.' },
} as const satisfies Described<RunItemOutcome>;

export const RunItemOutcomeEnum = builder.enumType('RunItemOutcome', {
  description: 'Outcome of one record.',
  values: itemOutcomes,
});
