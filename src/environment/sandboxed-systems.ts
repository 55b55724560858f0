import type { Definition } from './connector-variables.ts';
import type { Given } from './problems.ts';
import { commaSeparated } from './variable-formats.ts';

/** Where people and calendars come from in a real deployment, as far as `SANDBOX=auto` is concerned. */
const SOURCE_BASE_URLS = ['HIEDS_BASE_URL', 'WPS_BASE_URL'];

/** The systems the sandbox plays, or what is wrong with `SANDBOX`. */
export function sandboxedSystems(
  given: Given,
  definitions: readonly Definition[],
): readonly string[] | string {
  const all = definitions.map((definition) => definition.system);
  const mode = given['SANDBOX'] ?? 'auto';
  switch (mode) {
    case 'on':
      return all;
    case 'off':
      return [];
    case 'auto': {
      const baseUrls = definitions
        .flatMap(({ variables }) => variables)
        .filter((name) => name.endsWith('_BASE_URL'));
      const real = [...baseUrls, ...SOURCE_BASE_URLS].some((name) => given[name] !== undefined);
      return given['DATABASE_URL'] === undefined && !real ? all : [];
    }
    default: {
      const named = commaSeparated(mode).map((name) => name.toUpperCase());
      const known = all.map((name) => name.toLowerCase()).join(', ');
      const isList = named.length > 0 && named.every((name) => all.includes(name));
      return isList
        ? all.filter((name) => named.includes(name))
        : `expected auto, on, off or a list of ${known}`;
    }
  }
}
