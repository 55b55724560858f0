import type { Viewer } from '../schema/context.ts';

/** What a credential turned out to be. `reason` is shown to the caller and says what to do. */
export type Authentication =
  | { readonly outcome: 'accepted'; readonly viewer: Viewer }
  | { readonly outcome: 'missing'; readonly reason: string }
  | { readonly outcome: 'refused'; readonly reason: string };

/**
 * Turns an Authorization value (`Bearer <key>`, or null when none was sent) into a viewer. Throws only when it
 * cannot tell, e.g. because the database is away.
 */
export type Authenticate = (authorization: string | null) => Promise<Authentication>;
