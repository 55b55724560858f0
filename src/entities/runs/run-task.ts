import { defineEntity, p } from '@mikro-orm/postgresql';
import { AccountTask } from '../provisioning/account-task.ts';
import { SyncRun } from './sync-run.ts';

export const RunTaskSchema = defineEntity({
  name: 'RunTask',
  tableName: 'run_task',
  properties: {
    run: () => p.manyToOne(SyncRun).primary(),
    task: () => p.manyToOne(AccountTask).primary(),
    /** The last attempt there was when the run took the task. */
    attemptsBefore: p.integer(),
    /** The run gave it back unrun: its system was paused or off, or the run was cancelled. */
    givenBack: p.boolean(),
  },
});

/** A task that a run of processing took. */
export class RunTask extends RunTaskSchema.class {}
RunTaskSchema.setClass(RunTask);
