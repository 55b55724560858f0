import { accepted, type MutationOptions, once, pages, type ReadOptions, repeatable } from './api-caller.ts';
import type {
  DatabaseAccountChangeFilter,
  DatabaseAccountFilter,
  DatabaseInstanceFilter,
} from './generated/graphql.ts';
import * as documents from './generated/graphql.ts';
import { OperatorCalls } from './operator-calls.ts';

const PAGE_SIZE = 100;

/** A question about a database: who may do this there. */
export interface WhoCanQuestion {
  readonly instance: string;
  readonly privilege: string;
  readonly scope?: string | undefined;
  readonly object?: string | undefined;
}

/** Lists that the service gives as CSV. */
export type DatabaseExport = 'accounts' | 'changes';

const exportPaths = {
  accounts: 'exports/database-accounts.csv',
  changes: 'exports/database-account-changes.csv',
} as const satisfies Record<DatabaseExport, string>;

/** Accounts and permissions of remote databases. */
export class DatabaseCalls extends OperatorCalls {
  databaseInstances(filter?: DatabaseInstanceFilter, options?: ReadOptions) {
    return pages(async (after) => {
      const variables = { first: PAGE_SIZE, after, filter };
      return (await this.execute(documents.DatabaseInstancesDocument, variables, options)).databaseInstances;
    });
  }

  databaseAccounts(filter?: DatabaseAccountFilter, options?: ReadOptions) {
    return pages(async (after) => {
      const variables = { first: PAGE_SIZE, after, filter };
      return (await this.execute(documents.DatabaseAccountsDocument, variables, options)).databaseAccounts;
    });
  }

  /** Newest first. */
  databaseAccountChanges(filter?: DatabaseAccountChangeFilter, options?: ReadOptions) {
    return pages(async (after) => {
      const variables = { first: PAGE_SIZE, after, filter };
      return (await this.execute(documents.DatabaseAccountChangesDocument, variables, options))
        .databaseAccountChanges;
    });
  }

  /** Accounts that may do this there, directly or through roles. */
  whoCan(question: WhoCanQuestion, options?: ReadOptions) {
    return pages(async (after) => {
      const variables = { first: PAGE_SIZE, after, ...question };
      return (await this.execute(documents.WhoCanDocument, variables, options)).whoCan;
    });
  }

  /**
   * A whole list as CSV in UTF-8, piece by piece.
   *
   * @param filter names of the list's filters with their values; one with several is given several times.
   */
  exportDatabases(
    list: DatabaseExport,
    filter: readonly (readonly [name: string, value: string])[] = [],
    options?: ReadOptions,
  ) {
    const query = new URLSearchParams(filter.map(([name, value]) => [name, value]));
    return this.download(`${exportPaths[list]}?${query}`, options);
  }

  /** The password is stored encrypted and never shown again. */
  readonly registerDatabaseInstance = this.mutation(
    'registerDatabaseInstance',
    documents.RegisterDatabaseInstanceDocument,
    once,
  );

  /** Signs in and reports which categories can be read. */
  async testDatabaseConnection(name: string, options?: MutationOptions) {
    const answer = await this.execute(
      documents.TestDatabaseConnectionDocument,
      { name },
      { ...repeatable, ...options },
    );
    return accepted('testDatabaseConnection', answer.testDatabaseConnection, options);
  }

  /** Starts to read instances, or joins the run that has them in hand. */
  readonly startDatabaseSync = this.mutation('startDatabaseSync', documents.StartDatabaseSyncDocument, once);

  /** Confirms that many accounts of one instance in a run are gone, so that the run goes on. */
  readonly confirmDisappearance = this.mutation(
    'confirmDisappearance',
    documents.ConfirmDisappearanceDocument,
    once,
  );

  /** Puts an account into classes or takes it out by hand. */
  readonly classifyDatabaseAccount = this.mutation(
    'classifyDatabaseAccount',
    documents.ClassifyDatabaseAccountDocument,
    repeatable,
  );
}
