import { once, pages, type ReadOptions, repeatable } from './api-caller.ts';
import { DatabaseCalls } from './database-calls.ts';
import * as documents from './generated/graphql.ts';

const PAGE_SIZE = 100;

/** Course calendars: terms, their runs, and the findings. */
export class CalendarCalls extends DatabaseCalls {
  /** Terms that a run has named, newest first. */
  async terms(options?: ReadOptions) {
    return (await this.execute(documents.TermsDocument, {}, options)).terms;
  }

  /** How many differences from WPS are neither repaired nor gone. */
  async openFindings(term: string, options?: ReadOptions) {
    return (await this.execute(documents.OpenFindingsDocument, { term }, options)).calendarFindings
      .totalCount;
  }

  calendarConflicts(term: string, kind?: readonly documents.ConflictKind[], options?: ReadOptions) {
    return pages(async (after) => {
      const variables = { term, first: PAGE_SIZE, after, ...(kind !== undefined && { kind: [...kind] }) };
      return (await this.execute(documents.CalendarConflictsDocument, variables, options)).calendarConflicts;
    });
  }

  calendarFindings(term: string, open?: boolean, options?: ReadOptions) {
    return pages(async (after) => {
      const variables = { term, first: PAGE_SIZE, after, ...(open !== undefined && { open }) };
      return (await this.execute(documents.CalendarFindingsDocument, variables, options)).calendarFindings;
    });
  }

  /** A run as a document; null for an unknown one. */
  async runReport(runId: string, format: documents.ReportFormat, options?: ReadOptions) {
    return (await this.execute(documents.RunReportDocument, { runId, format }, options)).run?.report ?? null;
  }

  /** Brings the calendars of a term in line with its timetable. */
  readonly startCalendarSync = this.mutation('startCalendarSync', documents.StartCalendarSyncDocument, once);
  readonly reconcileCalendars = this.mutation(
    'reconcileCalendars',
    documents.ReconcileCalendarsDocument,
    once,
  );
  readonly restoreCalendarUser = this.mutation(
    'restoreCalendarUser',
    documents.RestoreCalendarUserDocument,
    once,
  );
  readonly deleteTermCalendars = this.mutation(
    'deleteTermCalendars',
    documents.DeleteTermCalendarsDocument,
    once,
  );
  readonly updateTerm = this.mutation('updateTerm', documents.UpdateTermDocument, repeatable);
}
