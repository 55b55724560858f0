import { type Outcome, payloadType, rowAfterwards } from '../building/mutation.ts';
import { runById } from './loaders.ts';
import { SyncRun } from './rows.ts';

/** Outcome of the jobs layer for an operation that starts, joins or continues a run. */
export interface RunOutcome extends Outcome {
  /** Primary key; null when there is none. */
  readonly id: string | null;
  readonly joined?: boolean;
}

/** Result of every mutation that starts or continues a run. */
export const RunPayload = payloadType<RunOutcome>('RunPayload', {
  description: 'The run that a call started, joined or continued.',
  fields: (t) => ({
    run: t.field(
      rowAfterwards(
        SyncRun,
        runById,
        'The run as it is now; null when none could be started, or there is none of this id.',
      ),
    ),
    joined: t.boolean({
      description: 'True when a running run of the same scope was joined.',
      resolve: ({ joined }) => joined ?? false,
    }),
  }),
});
