/** Thrown by a handler that stops because the process does: its job is given back as it was and goes on elsewhere. */
export class JobInterrupted extends Error {}
