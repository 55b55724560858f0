import { accepted, type MutationOptions, once, pages, type ReadOptions, repeatable } from './api-caller.ts';
import type {
  AccountSystem,
  AuditEntryFilter,
  CreateAccountsInput,
  CreateAccountsMutation,
  PersonFilter,
  RequestFilter,
  RequestItemsQueryVariables,
  TaskFilter,
  VerifyAuditQueryVariables,
  WatchRequestSubscription,
} from './generated/graphql.ts';
import * as documents from './generated/graphql.ts';
import { contentKey } from './idempotency-key.ts';
import { RunCalls } from './run-calls.ts';

export type { ClientOptions, MutationOptions, ReadOptions } from './api-caller.ts';
export { AccountSyncError, ApiError, ConnectionError, RefusedError } from './errors.ts';
export type * from './generated/graphql.ts';
export type { RetryPolicy } from './retry-policy.ts';

/** A call that is meant: what it would do is `previewAccounts`'s to say. */
type AccountsInput = Omit<CreateAccountsInput, 'mode'>;
type CreateAccountsAnswer = CreateAccountsMutation['createAccounts'];
type AcceptingOptions = ReadOptions & { readonly throwOnUserErrors?: true };
/** Answer of a call that was not refused: it has a request. */
export type AcceptedAccounts = CreateAccountsAnswer & {
  readonly request: NonNullable<CreateAccountsAnswer['request']>;
};

/** One event of `watchRequest`. */
export type RequestProgress = WatchRequestSubscription['requestProgress'];
export type { Run } from './run-calls.ts';

const PAGE_SIZE = 100;
const ITEMS_PAGE_SIZE = 500;
/**
 * The API of AccountSync. Every method may throw an ApiError (the call is broken, forbidden, too much) or a
 * ConnectionError (no answer, also after trying again); mutations throw a RefusedError for `userErrors`.
 * Look-ups of something unknown give null. Lists are read page by page as they are iterated.
 */
export class AccountSyncClient extends RunCalls {
  /**
   * Asks for accounts; answers at once, and `watchRequest` shows how they come into being. Safe to call again with the
   * same input: without an `idempotencyKey` of the caller's the call gets one made of its content, and finds the request
   * of the first time (`replayed`). `idempotencyKey: null` sends none and leaves it to the service, for which
   * origin system, business key, types and systems are the key.
   */
  async createAccounts(
    input: AccountsInput,
    options: MutationOptions & { readonly throwOnUserErrors: false },
  ): Promise<CreateAccountsAnswer>;
  async createAccounts(input: AccountsInput, options?: AcceptingOptions): Promise<AcceptedAccounts>;
  async createAccounts(input: AccountsInput, options?: MutationOptions): Promise<CreateAccountsAnswer> {
    const { idempotencyKey = await contentKey(input) } = input;
    const variables = { input: { ...input, idempotencyKey } };
    const answer = await this.execute(documents.CreateAccountsDocument, variables, {
      ...repeatable,
      ...options,
    });
    return accepted('createAccounts', answer.createAccounts, options);
  }

  /** Previews `createAccounts`: warnings, and the result of each row. Stores and reserves nothing. */
  async previewAccounts(input: CreateAccountsInput, options?: MutationOptions) {
    const variables = { input: { ...input, mode: 'DRY_RUN' as const } };
    const answer = await this.execute(documents.PreviewAccountsDocument, variables, {
      ...repeatable,
      ...options,
    });
    return accepted('createAccounts', answer.createAccounts, options);
  }

  async request(requestId: string, options?: ReadOptions) {
    return (await this.execute(documents.RequestDocument, { requestId }, options)).request;
  }

  /** Newest first. */
  requests(filter?: RequestFilter, options?: ReadOptions) {
    return pages(async (after) => {
      const variables = { first: PAGE_SIZE, after, filter };
      return (await this.execute(documents.RequestsDocument, variables, options)).requests;
    });
  }

  /** The people of a request, in input order; none for an unknown request. */
  requestItems(
    requestId: string,
    filter?: Pick<RequestItemsQueryVariables, 'status' | 'errorCode'>,
    options?: ReadOptions,
  ) {
    return pages(async (after) => {
      const variables = { requestId, first: ITEMS_PAGE_SIZE, after, ...filter };
      return (await this.execute(documents.RequestItemsDocument, variables, options)).request?.items;
    });
  }

  /**
   * Progress of a request: the present state at once, then every change, to the event that is `final`. Reconnects
   * when the connection breaks; a late or returning watcher misses nothing.
   */
  async *watchRequest(requestId: string, options?: ReadOptions): AsyncGenerator<RequestProgress, void> {
    const events = this.subscribe(
      documents.WatchRequestDocument,
      { requestId },
      { isLast: ({ requestProgress }) => requestProgress.final, signal: options?.signal },
    );
    for await (const { requestProgress } of events) yield requestProgress;
  }

  /** Corrects phone, department or name of a person whose item failed; the previous values stay on record. */
  readonly updateRequestItem = this.mutation(
    'updateRequestItem',
    documents.UpdateRequestItemDocument,
    repeatable,
  );

  /** Queues the failed and cancelled tasks of a request again. */
  readonly retryRequest = this.mutation('retryRequest', documents.RetryRequestDocument, repeatable);

  /** Cancels what of a request was not sent yet and no other request wants. */
  readonly cancelRequest = this.mutation('cancelRequest', documents.CancelRequestDocument, repeatable);

  /** With its attempts. */
  async task(taskId: string, options?: ReadOptions) {
    return (await this.execute(documents.TaskDocument, { taskId }, options)).task;
  }

  /** Newest first. */
  tasks(filter?: TaskFilter, options?: ReadOptions) {
    return pages(async (after) => {
      const variables = { first: PAGE_SIZE, after, filter };
      return (await this.execute(documents.TasksDocument, variables, options)).tasks;
    });
  }

  /** Queues one task again. */
  readonly retryTask = this.mutation('retryTask', documents.RetryTaskDocument, repeatable);

  /** Settles a task whose answer was lost by what a person found at its system. */
  readonly resolveTask = this.mutation('resolveTask', documents.ResolveTaskDocument, once);

  /** Queues the tasks of a filter again; call it again while `remaining` is not 0. */
  readonly retryTasks = this.mutation('retryTasks', documents.RetryTasksDocument, repeatable);

  /** Cancels the tasks of a filter that were not sent; call it again while `remaining` is not 0. */
  readonly cancelTasks = this.mutation('cancelTasks', documents.CancelTasksDocument, repeatable);

  /** Tasks by system and state, requests by state. */
  statistics(options?: ReadOptions) {
    return this.execute(documents.StatisticsDocument, {}, options);
  }

  /** With accounts, and the newest tasks and requests. */
  async person(employeeNumber: string, options?: ReadOptions) {
    return (await this.execute(documents.PersonDocument, { employeeNumber }, options)).person;
  }

  /** Whom we heard of last first. */
  people(filter?: PersonFilter, options?: ReadOptions) {
    return pages(async (after) => {
      const variables = { first: PAGE_SIZE, after, filter };
      return (await this.execute(documents.PeopleDocument, variables, options)).people;
    });
  }

  /** Events of a person, newest first; empty for an unknown person. */
  personTimeline(employeeNumber: string, options?: ReadOptions) {
    return pages(async (after) => {
      const variables = { employeeNumber, first: PAGE_SIZE, after };
      return (await this.execute(documents.PersonTimelineDocument, variables, options)).person?.timeline;
    });
  }

  /** Why a person has no account in a system, and what to do about it. */
  async whyNot(employeeNumber: string, system: AccountSystem, options?: ReadOptions) {
    return (await this.execute(documents.WhyNotDocument, { employeeNumber, system }, options)).whyNot;
  }

  /** Another login or address, before an account exists. */
  readonly setPersonIdentifiers = this.mutation(
    'setPersonIdentifiers',
    documents.SetPersonIdentifiersDocument,
    repeatable,
  );

  /** Names that hardly are any are names: what was held for them runs. */
  readonly acceptNames = this.mutation('acceptNames', documents.AcceptNamesDocument, repeatable);

  /** All that is stored of one person; that it was given out is in the audit log. */
  readonly exportPerson = this.mutation('exportPerson', documents.ExportPersonDocument, repeatable);

  /** Takes away for good what is stored of one person; `mode: 'DRY_RUN'` only counts. */
  readonly erasePerson = this.mutation('erasePerson', documents.ErasePersonDocument, once);

  /** An account that is there already is this person's. */
  readonly linkAccount = this.mutation('linkAccount', documents.LinkAccountDocument, repeatable);

  /** Forgets whose account it is; deletes nothing at the system. */
  readonly unlinkAccount = this.mutation('unlinkAccount', documents.UnlinkAccountDocument, once);

  /** Jobs that could not be read or done, oldest first. */
  poisonMessages(queue?: string | null, options?: ReadOptions) {
    return pages(async (after) => {
      const variables = { first: PAGE_SIZE, after, queue: queue ?? null };
      return (await this.execute(documents.PoisonMessagesDocument, variables, options)).poisonMessages;
    });
  }

  /** Queues poison messages again. */
  readonly redrivePoisonMessages = this.mutation(
    'redrivePoisonMessages',
    documents.RedrivePoisonMessagesDocument,
    once,
  );

  /** Removes poison messages for good. */
  readonly discardPoisonMessages = this.mutation(
    'discardPoisonMessages',
    documents.DiscardPoisonMessagesDocument,
    once,
  );

  /** Present problems, their reasons, and who can mend them; `since` leaves older failures out. */
  async overview(since?: string | null, options?: ReadOptions) {
    return (await this.execute(documents.OverviewDocument, { since: since ?? null }, options)).overview;
  }

  /** Every system, then the HR source: how they are. */
  async systems(options?: ReadOptions) {
    return (await this.execute(documents.SystemsDocument, {}, options)).systems;
  }

  /** Lets a worker call a system now; found well, it is called again. */
  readonly checkSystem = this.mutation('checkSystem', documents.CheckSystemDocument, repeatable);

  /** The same for anything outside, sources too, by its code. */
  readonly checkUpstream = this.mutation('checkUpstream', documents.CheckUpstreamDocument, repeatable);

  /** The processes that run, and what they are connected to. */
  connections(options?: ReadOptions) {
    return this.execute(documents.ConnectionsDocument, {}, options);
  }

  /** The same for the service that holds the calendars. */
  async checkCalendarSystem(options?: MutationOptions) {
    const answer = await this.execute(
      documents.CheckCalendarSystemDocument,
      {},
      { ...repeatable, ...options },
    );
    return accepted('checkCalendarSystem', answer.checkCalendarSystem, options);
  }

  /** The same for the school's timetable tables. */
  async checkTimetableSource(options?: MutationOptions) {
    const answer = await this.execute(
      documents.CheckTimetableSourceDocument,
      {},
      { ...repeatable, ...options },
    );
    return accepted('checkTimetableSource', answer.checkTimetableSource, options);
  }

  /** Adds or replaces mappings; tasks that waited for one go on by themselves. */
  readonly upsertDepartmentMappings = this.mutation(
    'upsertDepartmentMappings',
    documents.UpsertDepartmentMappingsDocument,
    repeatable,
  );

  /** A token for a page in a browser, with which it can watch this one request. */
  readonly createWatchToken = this.mutation('createWatchToken', documents.CreateWatchTokenDocument, once);

  /** The audit log, newest first. */
  auditEntries(filter?: AuditEntryFilter, options?: ReadOptions) {
    return pages(async (after) => {
      const variables = { first: PAGE_SIZE, after, filter };
      return (await this.execute(documents.AuditEntriesDocument, variables, options)).auditEntries;
    });
  }

  /** Verifies the chain of the audit log behind the seal `after`, as far as one call goes; see `complete`. */
  async verifyAudit(variables: VerifyAuditQueryVariables, options?: ReadOptions) {
    return (await this.execute(documents.VerifyAuditDocument, variables, options)).verifyAudit;
  }

  /** Stored secrets under the current master key; call it again while readable ones of another key are left. */
  async rotateSecrets(options?: MutationOptions) {
    const answer = await this.execute(documents.RotateSecretsDocument, {}, { ...repeatable, ...options });
    return accepted('rotateSecrets', answer.rotateSecrets, options);
  }
}
