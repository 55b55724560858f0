/**
 * Thrown by a handler that stops in the middle though nothing went wrong, mostly because the process does: its job is
 * given back as it was and goes on elsewhere, or here from its checkpoint.
 */
export class JobInterrupted extends Error {}
