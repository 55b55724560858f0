import type {
  AccountSyncClient,
  UserErrorFieldsFragment,
} from '../../../clients/typescript/src/accountsync-client.ts';
import type { Say } from '../arguments/locale.ts';
import { type ExitStatus, exitStatus } from './exit-status.ts';

/** The input and output that all commands of a program share. */
export interface Terminal {
  readonly client: () => AccountSyncClient;
  /** Text in the language of the command line. */
  readonly say: Say;
  /** Prints the answer as JSON with `--json`, else the text. */
  readonly print: (answer: unknown, text: string) => void;
  /** A line beside the answer, on stderr. */
  readonly note: (line: string) => void;
  /** Prints user errors; any of them makes the command fail. */
  readonly report: (errors: readonly UserErrorFieldsFragment[]) => void;
  /** The exit status is the worst of those set. */
  readonly end: (status: ExitStatus) => void;
  /** Where progress is drawn: with `--json` stdout carries the answer alone. */
  readonly progressOutput: () => NodeJS.WriteStream;
  /** A moment of the API in the display's time zone. */
  readonly time: (moment: string | null | undefined) => string;
}

/** Says moments of the API (UTC) in a time zone: `2026-11-22 15:05:03`. */
export function timesIn(timeZone: string): Terminal['time'] {
  // Sweden's format sorts by time.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return (moment) => (moment == null ? '–' : format.format(new Date(moment)));
}

/** Collects the exit status: the worst wins. */
export class Outcome {
  status: ExitStatus = exitStatus.fine;

  end(status: ExitStatus): void {
    if (status > this.status) this.status = status;
  }
}
