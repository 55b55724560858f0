/** Exit statuses of the command line. */
export const exitStatus = {
  /** Done as asked; `status`: everything is fine. */
  fine: 0,
  /** Refused, failed, or done in part; `status`: something wants attention. */
  failed: 1,
  /** Could not be carried out: wrong usage, no connection, no right; `status`: broken. */
  broken: 2,
} as const;

export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus];

/** A request that was followed to its end. */
export function requestExitStatus(status: string): ExitStatus {
  return status === 'COMPLETED' ? exitStatus.fine : exitStatus.failed;
}

/** The exit status for a run that has ended or waits for a person. */
export function runExitStatus(status: string): ExitStatus {
  return status === 'COMPLETED' ? exitStatus.fine : exitStatus.failed;
}

/** How the service is, by its own judgement; a level that is not known here is at least worth a look. */
export function healthExitStatus(health: string): ExitStatus {
  if (health === 'OK') return exitStatus.fine;
  return health === 'BROKEN' ? exitStatus.broken : exitStatus.failed;
}
