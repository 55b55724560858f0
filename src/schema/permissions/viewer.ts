import { type AccessRule, permits } from '../../domain/access/scopes.ts';
import type { Viewer } from '../context/context.ts';

/** True when the viewer satisfies the rule; a caller who is not signed in satisfies none. */
export function permitted(viewer: Viewer | null, rule: AccessRule): boolean {
  return viewer !== null && permits(viewer.scopes, rule);
}
