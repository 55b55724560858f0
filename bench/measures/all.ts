import { growth } from '../growth/growth.ts';
import type { Measure } from '../measure.ts';
import { watchers } from '../watchers/watchers.ts';
import { calendarFull, calendarNoop } from './calendar.ts';
import { consolePages } from './console.ts';
import { databasesNoop } from './databases-noop.ts';
import { drain } from './drain.ts';
import { drainWorkers } from './drain-workers.ts';
import { endToEnd } from './end-to-end.ts';
import { fairness } from './fairness.ts';
import { fanout } from './fanout.ts';
import { faults } from './faults.ts';
import { importData } from './import.ts';
import { intake1000, intake10000 } from './intake.ts';
import { memory } from './memory.ts';
import { overload } from './overload.ts';
import { people1pct, peopleFirst, peopleUnchanged } from './people.ts';
import { pickup } from './pickup.ts';
import { planTasks } from './plan-tasks.ts';
import { queue } from './queue.ts';
import { readRequest, readTasks } from './read.ts';
import { soak } from './soak.ts';
import { startStop } from './start-stop.ts';
import { taskCost } from './task-cost.ts';

/** Every measure by the name it is asked for. */
export const measures: Readonly<Record<string, Measure>> = {
  'read-request': readRequest,
  'read-tasks': readTasks,
  'intake-1000': intake1000,
  'intake-10000': intake10000,
  'people-first': peopleFirst,
  'people-unchanged': peopleUnchanged,
  'people-1pct': people1pct,
  console: consolePages,
  drain,
  'drain-workers': drainWorkers,
  pickup,
  'plan-tasks': planTasks,
  'databases-noop': databasesNoop,
  'calendar-full': calendarFull,
  'calendar-noop': calendarNoop,
  'end-to-end': endToEnd,
  fairness,
  fanout,
  'task-cost': taskCost,
  memory,
  queue,
  'start-stop': startStop,
  overload,
  faults,
  soak,
  import: importData,
  growth,
  watchers,
};
