import { once, pages, type ReadOptions, repeatable } from './api-caller.ts';
import { CalendarCalls } from './calendar-calls.ts';
import type {
  RunFilter,
  RunItemsQueryVariables,
  RunKind,
  WatchRunSubscription,
} from './generated/graphql.ts';
import * as documents from './generated/graphql.ts';

/** A run as `run`, `runs` and `watchRun` show it. */
export type Run = WatchRunSubscription['runProgress'];

const PAGE_SIZE = 100;

/** Runs: starting them, watching them, and a person's decisions about them. */
export class RunCalls extends CalendarCalls {
  async run(runId: string, options?: ReadOptions) {
    return (await this.execute(documents.RunDocument, { runId }, options)).run;
  }

  /** Newest first. */
  runs(filter?: RunFilter, options?: ReadOptions) {
    return pages(async (after) => {
      const variables = { first: PAGE_SIZE, after, filter };
      return (await this.execute(documents.RunsDocument, variables, options)).runs;
    });
  }

  /** The records of a run there is something to say about; none for an unknown run. */
  runItems(runId: string, filter?: Pick<RunItemsQueryVariables, 'outcome'>, options?: ReadOptions) {
    return pages(async (after) => {
      const variables = { runId, first: PAGE_SIZE, after, ...filter };
      return (await this.execute(documents.RunItemsDocument, variables, options)).run?.items;
    });
  }

  /**
   * Progress of a run, to its end. A run that waits for a confirmation goes on being watched: look at `status`, and
   * stop iterating when no person is there to confirm.
   */
  async *watchRun(runId: string, options?: ReadOptions): AsyncGenerator<Run, void> {
    const events = this.subscribe(
      documents.WatchRunDocument,
      { runId },
      { isLast: ({ runProgress }) => runProgress.finishedAt !== null, signal: options?.signal },
    );
    for await (const { runProgress } of events) yield runProgress;
  }

  readonly cancelRun = this.mutation('cancelRun', documents.CancelRunDocument, repeatable);

  /** Lets a run go on that waits for it. */
  readonly confirmRun = this.mutation('confirmRun', documents.ConfirmRunDocument, once);

  /** Ends a run that waits for a confirmation; it does nothing. */
  readonly rejectRun = this.mutation('rejectRun', documents.RejectRunDocument, once);

  /** Lets a run that failed or was cancelled go on at its checkpoint. */
  readonly resumeRun = this.mutation('resumeRun', documents.ResumeRunDocument, once);

  /** Takes the failed records of an ended run again. */
  readonly retryFailedItems = this.mutation('retryFailedItems', documents.RetryFailedItemsDocument, once);

  /** Starts to sync people from HR, or joins the sync that is under way. */
  readonly syncHr = this.mutation('syncHr', documents.SyncHrDocument, once);

  /** Takes rows of the first system over; rows that follow another place than the run's are left out. */
  readonly importFirstSystem = this.mutation(
    'importFirstSystem',
    documents.ImportFirstSystemDocument,
    repeatable,
  );

  /** Starts to plan tasks for all people who lack accounts, or joins the run in progress. */
  readonly createAccountTasks = this.mutation(
    'createAccountTasks',
    documents.CreateAccountTasksDocument,
    once,
  );

  /** Starts to run a number of ready tasks, or joins the run that is under way. */
  readonly processAccountTasks = this.mutation(
    'processAccountTasks',
    documents.ProcessAccountTasksDocument,
    once,
  );

  /** The schedules and their times. */
  async schedules(options?: ReadOptions) {
    return (await this.execute(documents.SchedulesDocument, {}, options)).schedules;
  }

  /** How the kinds of runs stand that go on from day to day. */
  async syncStatus(kind?: readonly RunKind[], options?: ReadOptions) {
    return (await this.execute(documents.SyncStatusDocument, { kind }, options)).syncStatus;
  }

  /** The first import: accounts that people of HR have already become known. */
  readonly adoptAccounts = this.mutation('adoptAccounts', documents.AdoptAccountsDocument, once);

  /** Starts to look active accounts up at their systems. */
  readonly verifyAccounts = this.mutation('verifyAccounts', documents.VerifyAccountsDocument, once);

  /** Starts to disable the accounts of people who left, or joins the run that is under way. */
  readonly disableLeavers = this.mutation('disableLeavers', documents.DisableLeaversDocument, once);
}
