/**
 * Receivers whose last attempt from this process failed. Each gets one attempt at a time, so that a receiver that is
 * down, with thousands of messages of ten seconds each, does not hold up the others.
 */
export class FailingTargets {
  readonly #busy = new Map<string, number>();

  /** False: this receiver fails and has an attempt under way; try later. */
  admits(target: string): boolean {
    return (this.#busy.get(target) ?? 0) === 0;
  }

  /** Runs an attempt and notes its result; `attempt` resolves with true when the message arrived. */
  async watch(target: string, attempt: () => Promise<boolean>): Promise<void> {
    const failing = this.#busy.get(target);
    if (failing !== undefined) this.#busy.set(target, failing + 1);
    const arrived = await attempt();
    if (arrived) this.#busy.delete(target);
    else this.#busy.set(target, Math.max(0, (this.#busy.get(target) ?? 1) - 1));
  }
}
