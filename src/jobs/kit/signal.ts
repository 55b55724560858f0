/** A wake-up for one waiter; when raised with no waiter, it is remembered. */
export class Signal {
  #raised = false;
  #wake: (() => void) | null = null;

  raise(): void {
    this.#raised = true;
    this.#wake?.();
  }

  /** Resolves when raised, at the latest after `timeoutMs`, with whether it was; lowers the signal. */
  async wait(timeoutMs: number): Promise<boolean> {
    if (!this.#raised) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#wake = null;
    }
    const raised = this.#raised;
    this.#raised = false;
    return raised;
  }
}
