/**
 * Thrown by a handler that stops halfway without a failure, usually because the process stops: its job is given back
 * as it was, and goes on from its checkpoint, here or in another process.
 */
export class JobInterrupted extends Error {}
