import type { AccountStore, NewAccount, PlayedAccount } from './accounts.ts';
import type { Company, CompanyAnswer, HrRecord } from './company.ts';
import type { ActiveFault, FaultInput, FaultScript } from './playing/faults.ts';
import type { CallFilter, Ledger, LedgerEntry } from './playing/ledger.ts';
import type { PlayedSystem, SandboxSystem } from './playing/played-system.ts';
import type { CalendarStore, PlayedEvent, PlayedMember } from './wps/store.ts';

/** How often each kind of call came, and how many accounts there are. */
export interface SandboxCounts {
  /** By `SYSTEM operation`, e.g. `{"WELINK create": 3}`. */
  readonly calls: Readonly<Record<string, number>>;
  /** Calls that changed an account, by the same key. */
  readonly applied: Readonly<Record<string, number>>;
  readonly accounts: Readonly<Record<string, number>>;
}

/** A calendar at WPS, with all that is in it. */
export interface CalendarView {
  readonly id: string;
  readonly summary: string;
  readonly members: readonly PlayedMember[];
  readonly events: readonly PlayedEvent[];
}

/** The handle on a running sandbox: script its faults, read its ledger. Every method also exists over HTTP. */
export interface SandboxControl {
  /** Adds a rule to the fault script; resolves once it is in force. */
  addFault(input: FaultInput): Promise<ActiveFault>;
  /** Removes one rule, or all of them. */
  removeFaults(id?: number): Promise<void>;
  faults(): ActiveFault[];
  /** Lets every hung request go on. */
  release(): void;
  ledger(filter?: CallFilter): LedgerEntry[];
  accounts(system?: SandboxSystem): PlayedAccount[];
  counts(): SandboxCounts;
  /** Adds an account, as if another program had created it. */
  putAccount(account: NewAccount): PlayedAccount;
  /**
   * Adds a person to HR, or changes fields of one; `undefined` removes a field, other values are answered as they
   * are.
   */
  putPerson(personId: string, fields?: HrRecord): void;
  /** HR forgets a person. */
  removePerson(personId: string): void;
  /** People in HR, by personId. */
  people(): readonly HrRecord[];
  /** Whether HR answers with all people, 70 % of them, or none. */
  answerPeople(answer: CompanyAnswer): void;
  /** The calendars that WPS holds, in the order in which they were made. */
  calendars(): CalendarView[];
  /** Whether the directory of WPS knows a user. */
  setUserKnown(userNo: string, known: boolean): void;
  /** Lets a day pass at the school, and returns the changes; null: there is no school. */
  changeTimetable(): Promise<object> | null;
  expireTokens(system: SandboxSystem): void;
  /** Resolves once `count` such calls have arrived (with `settled`: were decided) since the last reset. */
  whenCalled: Ledger['whenCalled'];
  /** Removes faults, ledger, accounts and changes of the company, and ends hung requests. */
  reset(): Promise<void>;
}

/** Builds the handle from the sandbox's parts. `applyRefusals` opens and closes ports to fit the script. */
export function createControl(parts: {
  readonly script: FaultScript;
  readonly ledger: Ledger;
  readonly accounts: AccountStore;
  readonly company: Company;
  readonly calendars: CalendarStore;
  readonly unknownUsers: Set<string>;
  readonly changeTimetable?: (() => Promise<object>) | undefined;
  readonly played: readonly PlayedSystem[];
  readonly release: () => void;
  readonly applyRefusals: () => Promise<void>;
}): SandboxControl {
  const { script, ledger, accounts, company } = parts;
  return {
    async addFault(input) {
      const fault = script.add(input);
      await parts.applyRefusals();
      return fault;
    },
    async removeFaults(id) {
      script.remove(id);
      await parts.applyRefusals();
    },
    faults: () => script.list(),
    release: parts.release,
    ledger: (filter) => ledger.entries(filter),
    accounts: (system) => accounts.list(system),
    counts: () => countAll(ledger.entries(), accounts.list()),
    putAccount: (account) => accounts.put(account),
    putPerson: (personId, fields = {}) => company.put(personId, fields),
    removePerson: (personId) => company.remove(personId),
    people: () => company.all(),
    answerPeople: (answer) => company.answer(answer),
    calendars: () => [...parts.calendars.calendars.values()].map(viewOf),
    changeTimetable: () => parts.changeTimetable?.() ?? null,
    setUserKnown(userNo, known) {
      if (known) parts.unknownUsers.delete(userNo);
      else parts.unknownUsers.add(userNo);
    },
    expireTokens(system) {
      for (const played of parts.played) if (played.system === system) played.expireTokens();
    },
    whenCalled: (filter) => ledger.whenCalled(filter),
    async reset() {
      script.remove();
      ledger.clear();
      accounts.clear();
      company.reset();
      parts.calendars.clear();
      parts.unknownUsers.clear();
      parts.release();
      await parts.applyRefusals();
    },
  };
}

function viewOf(calendar: {
  readonly id: string;
  readonly summary: string;
  readonly members: ReadonlyMap<string, PlayedMember>;
  readonly events: ReadonlyMap<string, PlayedEvent>;
}): CalendarView {
  const { id, summary, members, events } = calendar;
  return { id, summary, members: [...members.values()], events: [...events.values()] };
}

function countAll(entries: readonly LedgerEntry[], accounts: readonly PlayedAccount[]): SandboxCounts {
  const nameOf = (entry: LedgerEntry) => `${entry.system} ${entry.operation}`;
  return {
    calls: tally(entries.map(nameOf)),
    applied: tally(entries.filter((entry) => entry.applied).map(nameOf)),
    accounts: tally(accounts.map((account) => account.system)),
  };
}

function tally(names: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries(counts);
}
