import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { type SandboxSystem, sandboxSystems } from './playing/played-system.ts';

const accountRecord = z.object({
  system: z.enum(sandboxSystems),
  /** Employee number at IDaaS and WeLink, SAMAccountName at the mailbox service. */
  key: z.string(),
  remoteId: z.string(),
  name: z.string().nullable(),
  username: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  alias: z.string().nullable(),
  state: z.enum(['active', 'disabled']),
  createdAt: z.iso.datetime(),
  /** Look-ups and other systems see the account from here on. */
  visibleAt: z.iso.datetime(),
});

/** An account as a played system holds it. */
export type PlayedAccount = z.infer<typeof accountRecord>;

/** Required fields of an account that is put in place by hand; the others have defaults. */
export type NewAccount = Pick<PlayedAccount, 'system' | 'key'> & Partial<PlayedAccount>;

/** Fields by which a system refuses a second account. */
export type UniqueField = 'key' | 'username' | 'phone' | 'alias';

/** All accounts of all played systems; kept in memory, and in an append-only file when one is named. */
export interface AccountStore {
  find(system: SandboxSystem, field: UniqueField, value: string): PlayedAccount | null;
  put(account: NewAccount): PlayedAccount;
  list(system?: SandboxSystem): PlayedAccount[];
  clear(): void;
}

const UNIQUE_FIELDS: readonly UniqueField[] = ['key', 'username', 'phone', 'alias'];

/** Opens the store; with `stateFile`, what an earlier run created is there again. */
export function createAccountStore(stateFile: string | null): AccountStore {
  const index = new Map<string, PlayedAccount>();
  let written = 0;

  function remember(account: PlayedAccount): void {
    const before = index.get(indexKey(account.system, 'key', account.key));
    for (const field of UNIQUE_FIELDS) {
      const value = before?.[field] ?? null;
      if (before !== undefined && value !== null) index.delete(indexKey(before.system, field, value));
    }
    for (const field of UNIQUE_FIELDS) {
      const value = account[field];
      if (value !== null) index.set(indexKey(account.system, field, value), account);
    }
  }

  for (const account of stateFile === null ? [] : readState(stateFile)) {
    // Ids go on where the earlier run stopped.
    written += 1;
    remember(account);
  }

  return {
    find: (system, field, value) => index.get(indexKey(system, field, value)) ?? null,
    put(given) {
      written += 1;
      const now = new Date().toISOString();
      const account: PlayedAccount = {
        remoteId: `${given.system.toLowerCase()}-${written}`,
        name: null,
        username: null,
        email: null,
        phone: null,
        alias: null,
        state: 'active',
        createdAt: now,
        visibleAt: now,
        ...given,
      };
      remember(account);
      if (stateFile !== null) appendFileSync(stateFile, `${JSON.stringify(account)}\n`);
      return account;
    },
    list(system) {
      const accounts = [...index].filter(([key]) => key.includes('/key/')).map(([, account]) => account);
      return system === undefined ? accounts : accounts.filter((account) => account.system === system);
    },
    clear() {
      index.clear();
      if (stateFile !== null) writeFileSync(stateFile, '');
    },
  };
}

/** True once look-ups may see it. */
export function isVisible(account: PlayedAccount, delayMs = 0): boolean {
  return Date.parse(account.visibleAt) + delayMs <= Date.now();
}

function indexKey(system: SandboxSystem, field: UniqueField, value: string): string {
  return `${system}/${field}/${value.toLowerCase()}`;
}

/** The last line of an account wins; a line cut short by a crash is skipped, as its effect was never answered. */
function readState(file: string): PlayedAccount[] {
  mkdirSync(dirname(file), { recursive: true });
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const account = accountRecord.safeParse(parseLine(line));
      return account.success ? [account.data] : [];
    });
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
