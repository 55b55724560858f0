import type { z } from 'zod';
import type { Connector, ConnectorDefinition } from '../integrations/contract/connector.ts';
import type {
  ConnectorDependencies,
  OptionalUpstreamDefinition,
  Upstream,
} from '../integrations/contract/upstream.ts';
import { describe, type EnvSource, type Given, problemsOf, variableOf, withoutEmpty } from './problems.ts';

/** Connects to one system with the variables that were found for it. */
export type Connect = (dependencies: ConnectorDependencies) => Connector;

/** The parts of a connector that the environment is parsed with. */
export type Definition = Pick<ConnectorDefinition, 'system' | 'variables' | 'environment'>;

/** Parses the variables of one system; a problem names the variable and never a secret. */
export function parseConnector<Config>(
  definition: ConnectorDefinition<Config>,
  source: EnvSource,
): { readonly connect: Connect } | { readonly problems: readonly string[] } {
  const parsed = parseVariables(definition.environment, source);
  if ('problems' in parsed) return parsed;
  return { connect: (dependencies) => definition.connect(parsed.config, dependencies) };
}

/** Parses the variables of an upstream that may be absent: all of them or none; null: its feature is off. */
export function parseOptional<Config, Dependencies, Connected extends Upstream>(
  definition: OptionalUpstreamDefinition<Config, Dependencies, Connected>,
  source: EnvSource,
):
  | { readonly connect: (dependencies: Dependencies) => Connected }
  | { readonly problems: readonly string[] }
  | null {
  const given = withoutEmpty(source);
  if (!definition.required.some((name) => given[name] !== undefined)) return null;
  const parsed = parseVariables(definition.environment, source);
  if ('problems' in parsed) return parsed;
  return { connect: (dependencies) => definition.connect(parsed.config, dependencies) };
}

function parseVariables<Config>(
  schema: z.ZodType<Config>,
  source: EnvSource,
): { readonly config: Config } | { readonly problems: readonly string[] } {
  const given = withoutEmpty(source);
  const parsed = schema.safeParse(given);
  if (parsed.success) return { config: parsed.data };
  return { problems: problemsOf(parsed.error, given) };
}

/** Wrong values in the variables of these systems, but for what is reported already. */
export function wrongConnectorValues(
  given: Given,
  options: { readonly definitions: readonly Definition[]; readonly reported: readonly string[] },
): string[] {
  return options.definitions
    .flatMap((definition) => definition.environment.safeParse(given).error?.issues ?? [])
    .filter((issue) => given[variableOf(issue)] !== undefined)
    .filter((issue) => !options.reported.includes(variableOf(issue)))
    .map((issue) => describe(variableOf(issue), given, issue.message));
}
