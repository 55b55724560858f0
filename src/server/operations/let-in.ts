import type { Locale } from '../../domain/errors/error-entry.ts';
import type { SchemaServices, Viewer } from '../../schema/context/context.ts';
import type { Authenticate } from '../authentication/authentication.ts';
import type { Lapse } from '../authentication/lapse.ts';
import { type Admission, SUBSCRIBER_WAIT_MS } from './admission.ts';
import { OVERLOADED_SECONDS, overloaded, rateLimited, UNAVAILABLE_SECONDS } from './refusals.ts';

export interface LetInOptions {
  readonly services: SchemaServices;
  readonly authenticate: Authenticate;
  readonly admission: Admission;
  readonly isClosing: () => boolean;
}

/** A caller who may go on; `leave` gives back the place that the call takes. */
export interface LetIn {
  readonly viewer: Viewer;
  readonly lapse: Lapse;
  readonly leave: () => void;
}

/** Why a call is not begun, for any transport to say in its way. */
export interface NotLetIn {
  readonly status: 401 | 429 | 503;
  readonly code: 'UNAUTHENTICATED' | 'RATE_LIMITED' | 'UNAVAILABLE';
  readonly message: string;
  /** Null: nothing is known of when to come again. */
  readonly retryAfterSeconds: number | null;
  /** The connection ends with the answer. */
  readonly goingAway?: boolean;
}

/** Decides whether a call may begin: the server stays, has room, knows the caller, who has calls left. */
export async function letIn(
  options: LetInOptions,
  call: {
    readonly authorization: string | null;
    readonly locale: Locale;
    /** True for a stream of events, which waits for a place. */
    readonly waits?: boolean;
  },
): Promise<LetIn | NotLetIn> {
  const { services, authenticate, admission, isClosing } = options;
  const { locale } = call;
  const unavailable = { status: 503, code: 'UNAVAILABLE' } as const;
  if (isClosing()) {
    const message = 'The server is shutting down.';
    return { ...unavailable, message, retryAfterSeconds: null, goingAway: true };
  }
  const leave = call.waits === true ? await admission.enterInTurn(SUBSCRIBER_WAIT_MS) : admission.enter();
  if (leave === null)
    return { ...unavailable, message: overloaded[locale], retryAfterSeconds: OVERLOADED_SECONDS };
  const refuse = (refusal: NotLetIn): NotLetIn => {
    leave();
    return refusal;
  };
  const result = await authenticate(call.authorization);
  if (result.outcome === 'unavailable')
    return refuse({ ...unavailable, message: result.reason[locale], retryAfterSeconds: UNAVAILABLE_SECONDS });
  if (result.outcome !== 'accepted') {
    const message = result.reason[locale];
    return refuse({ status: 401, code: 'UNAUTHENTICATED', message, retryAfterSeconds: null });
  }
  const { viewer, lapse } = result;
  const retryAfterSeconds = await services.rateLimits.take(viewer.principal);
  if (retryAfterSeconds === null) return { viewer, lapse, leave };
  const message = rateLimited(retryAfterSeconds)[locale];
  return refuse({ status: 429, code: 'RATE_LIMITED', message, retryAfterSeconds });
}
