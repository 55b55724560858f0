import type { Connection } from '../entities/systems/service-process.ts';
import type { EnvSource } from '../environment/problems.ts';
import { upstreamDefinitions } from '../integrations/registry.ts';

/** Variables whose values are told as they are: they name places and sizes, nothing that opens anything. */
const OPEN = /_(BASE_URL|DOMAIN|PAGE_SIZE|SCOPE|SCHEMA)$/;
const ADDRESS = /_(BASE_URL|DATABASE_URL|URL)$/;
/** Visible characters of a private name that is no secret: enough to tell two apart. */
const SHOWN = 2;

/** Describes the connections of this process, with every secret masked. */
export function describeConnections(
  played: readonly string[],
  sourceOf: (system: string) => EnvSource,
): Connection[] {
  return upstreamDefinitions.map(({ system, variables }) => {
    const source = sourceOf(system);
    const address = variables.filter((name) => ADDRESS.test(name)).map((name) => originOf(source[name]));
    return {
      system,
      sandboxed: played.includes(system),
      address: address.find((found) => found !== null) ?? null,
      variables: variables.map((name) => ({ name, value: masked(name, source[name]) })),
    };
  });
}

/** Scheme, host and port, without user, password, path and query. */
function originOf(text: string | undefined): string | null {
  const url = URL.parse(text ?? '');
  return url === null || url.host === '' ? null : `${url.protocol}//${url.host}`;
}

function masked(name: string, value: string | undefined): string | null {
  if (value === undefined || value === '') return null;
  if (ADDRESS.test(name)) return originOf(value) ?? '••••';
  if (OPEN.test(name)) return value;
  return /(SECRET|TOKEN|PASSWORD|KEY)/.test(name) || value.length < 4 * SHOWN
    ? '••••'
    : `${value.slice(0, SHOWN)}••••`;
}
