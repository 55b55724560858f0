import { callErrors } from './call-errors.ts';
import { correctionErrors } from './correction-errors.ts';
import { taskErrors } from './task-errors.ts';

/**
 * Every error of provisioning that is not an upstream's: what it means, in both languages, who can put it right.
 * Parameters are those that the texts name. A key `CODE.VARIANT` is a more exact text of `CODE` (see `renderError`).
 */
export const provisioningErrors = { ...callErrors, ...taskErrors, ...correctionErrors } as const;
