import type { Locale } from '../../domain/errors/error-entry.ts';
import type { Viewer } from '../../schema/context/context.ts';
import type { Lapse } from './lapse.ts';

/** A text in the languages of the service. */
export type LocalText = Readonly<Record<Locale, string>>;

/** An accepted credential: the viewer, and when it ends. */
export interface Accepted {
  readonly outcome: 'accepted';
  readonly viewer: Viewer;
  readonly lapse: Lapse;
}

/** Result of checking a credential. `reason` is shown to the caller and says what to do. */
export type Authentication =
  | Accepted
  | { readonly outcome: 'missing'; readonly reason: LocalText }
  | { readonly outcome: 'refused'; readonly reason: LocalText }
  /** It cannot be checked now. */
  | { readonly outcome: 'unavailable'; readonly reason: LocalText };

/**
 * Turns an Authorization value (`Bearer <key>`, or null when none was sent) into a viewer. Never rejects.
 */
export type Authenticate = (authorization: string | null) => Promise<Authentication>;
