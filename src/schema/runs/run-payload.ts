import { builder } from '../building/builder.ts';
import { UserError } from '../building/user-error.ts';
import type { RequestScope } from '../context/context.ts';
import type { UnrenderedError, UserErrorShape } from '../context/errors.ts';
import { renderUserErrors, unknownId } from '../context/errors.ts';
import { forgetLoaded } from '../reading/loaders.ts';
import { runById } from './loaders.ts';
import type { SyncRunRow } from './rows.ts';
import { SyncRun } from './rows.ts';

interface RunPayloadShape {
  readonly run: SyncRunRow | null;
  readonly joined: boolean;
  readonly userErrors: readonly UserErrorShape[];
}

/** What the jobs layer answers that starts, joins or continues a run. */
export interface RunOperationOutcome {
  /** Primary key; null when there is none. */
  readonly id: string | null;
  readonly joined?: boolean;
  readonly userErrors: readonly UnrenderedError[];
}

export const RunPayload = builder.objectRef<RunPayloadShape>('RunPayload').implement({
  description: 'The run that a call started, joined or continued.',
  fields: (t) => ({
    run: t.field({
      type: SyncRun,
      nullable: true,
      description: 'The run as it is now; null when none could be started, or there is none of this id.',
      resolve: (payload) => payload.run,
    }),
    joined: t.exposeBoolean('joined', {
      description: 'True when a running run of the same scope was joined.',
    }),
    userErrors: t.field({
      type: [UserError],
      description: 'Why it was not done; empty when it was.',
      resolve: (payload) => payload.userErrors,
    }),
  }),
});

/** Reads the run again after a change, for the payload. */
export async function runPayload(
  scope: RequestScope,
  outcome: RunOperationOutcome,
): Promise<RunPayloadShape> {
  forgetLoaded(scope);
  return {
    run: outcome.id === null ? null : await runById(scope).load(outcome.id),
    joined: outcome.joined ?? false,
    userErrors: renderUserErrors(scope, outcome.userErrors),
  };
}

/** What there is to say of a run id that no column can hold. */
export function unknownRun(runId: string): RunOperationOutcome {
  return { id: null, userErrors: [unknownId('run', runId, 'runId')] };
}
