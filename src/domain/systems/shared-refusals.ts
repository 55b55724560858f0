/** From this many people refused with one unknown code, and none accepted in between, the system is to blame. */
const PEOPLE_MIN = 3;
/** A refusal that is older says nothing of the system now. */
const REMEMBERED_MS = 10 * 60_000;
/** Codes remembered of one system; a vendor that makes up more is beyond counting. */
const CODES_MAX = 100;

/**
 * Remembers which unknown refusals one system gave, and to whom, since it last accepted a person. Each process has
 * its own: a few people of each are refused before the system's circuit, which all share, opens.
 */
export class SharedRefusals {
  readonly #people = new Map<string, Map<string, number>>();

  /** The system accepted a person: its earlier refusals were about the people refused. */
  accepted(): void {
    this.#people.clear();
  }

  /** True when this refusal hits several people, and so is the system's. */
  refused(code: string, employeeNumber: string, nowMs: number): boolean {
    if (this.#people.size >= CODES_MAX) this.#people.clear();
    const people = this.#people.get(code) ?? new Map<string, number>();
    this.#people.set(code, people);
    people.set(employeeNumber, nowMs);
    for (const [number, at] of people) if (nowMs - at > REMEMBERED_MS) people.delete(number);
    return people.size >= PEOPLE_MIN;
  }
}
