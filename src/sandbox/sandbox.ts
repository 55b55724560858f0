import { createAccountStore } from './accounts.ts';
import { castPlayers, credentialsOf, DEFAULT_DOMAIN, environmentOf } from './cast.ts';
import { createCompany } from './company.ts';
import { createControl, type SandboxControl } from './control.ts';
import { serveControl } from './control-api.ts';
import type { SandboxOptions } from './options.ts';
import { createFaultScript } from './playing/faults.ts';
import { createLedger } from './playing/ledger.ts';
import type { PlayedSystem, SandboxSystem } from './playing/played-system.ts';
import { seededRandom } from './playing/random.ts';
import { playRequest, type Stage } from './playing/stage.ts';
import { createSystemServer, type SystemServer } from './playing/system-server.ts';
import { createCalendarStore } from './wps/store.ts';

/** A running sandbox. */
export interface Sandbox {
  /** The variables a real deployment would set to reach these systems, credentials included. */
  readonly environment: Readonly<Record<string, string>>;
  readonly baseUrls: Readonly<Partial<Record<SandboxSystem, string>>>;
  /** Where `/__sandbox/…` is served. */
  readonly controlUrl: string;
  readonly control: SandboxControl;
  /** Ends all connections, hung ones too. */
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
const DEFAULT_PEOPLE = 5_000;
const DEFAULT_CHANGES_PER_SYNC = 5;
const DEFAULT_LATENCY_MS = { min: 20, max: 60 };

/** Plays the upstream systems over real HTTP on loopback, each on a port of its own, until `close()`. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { min, max } = options.latencyMs ?? DEFAULT_LATENCY_MS;
  const random = seededRandom(options.seed ?? 1);
  let hung = Promise.withResolvers<void>();
  const stage: Stage = {
    script: createFaultScript(),
    ledger: createLedger(),
    latencyMs: () => min + random() * (max - min),
    released: () => hung.promise,
  };
  const release = () => {
    hung.resolve();
    hung = Promise.withResolvers();
  };
  const accounts = createAccountStore(options.stateFile ?? null);
  const credentials = credentialsOf(options);
  const company = createCompany({
    seed: options.seed ?? 1,
    people: options.company?.people ?? DEFAULT_PEOPLE,
    changesPerSync: options.company?.changesPerSync ?? DEFAULT_CHANGES_PER_SYNC,
    emailDomain: options.emailDomain ?? DEFAULT_DOMAIN,
  });
  const calendars = createCalendarStore(options.stateFile === undefined ? null : `${options.stateFile}.wps`);
  const unknownUsers = new Set<string>();
  const played = castPlayers(options, { accounts, company, calendars, unknownUsers, credentials });
  const servers = new Map<SandboxSystem, SystemServer>();
  for (const system of played)
    servers.set(
      system.system,
      await serveSystem(system, { stage, port: portAfter(options.port, servers.size + 1) }),
    );

  const control = createControl({
    script: stage.script,
    ledger: stage.ledger,
    accounts,
    company,
    calendars,
    unknownUsers,
    changeTimetable: options.changeTimetable,
    played,
    release,
    async applyRefusals() {
      for (const [system, server] of servers) {
        if (stage.script.isRefusing(system)) await server.shut();
        else await server.reopen();
      }
    },
  });
  const controlServer = await createSystemServer({
    host: HOST,
    port: options.port ?? 0,
    listener: (request, response) => {
      serveControl(request, response, control).catch(() => response.destroy());
    },
  });
  const baseUrls = Object.fromEntries([...servers].map(([system, { url }]) => [system, url]));
  return {
    environment: environmentOf(baseUrls, credentials),
    baseUrls,
    controlUrl: controlServer.url,
    control,
    async close() {
      for (const server of [...servers.values(), controlServer]) await server.shut();
      release();
    },
  };
}

function portAfter(first: number | undefined, offset: number): number {
  return first === undefined || first === 0 ? 0 : first + offset;
}

async function serveSystem(
  system: PlayedSystem,
  at: { readonly stage: Stage; readonly port: number },
): Promise<SystemServer> {
  return await createSystemServer({
    host: HOST,
    port: at.port,
    listener: (request, response) => {
      // A request that broke off or was too large; its sender is gone or must go.
      playRequest({ request, response }, { system, stage: at.stage }).catch(() => response.destroy());
    },
  });
}
