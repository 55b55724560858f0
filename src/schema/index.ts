import type { GraphQLSchema } from 'graphql';
import { joinValues } from './building/api-list.ts';
import { builder } from './building/builder.ts';
import { limitComplexity } from './building/complexity.ts';
import { calendar } from './calendar/index.ts';
import type { SystemInfo } from './context/context.ts';
import { core } from './core.ts';
import { databases } from './databases/index.ts';
import { applyRules } from './permissions/rules.ts';
import { provisioning } from './provisioning/index.ts';
import { systemValues } from './systems/account-system.ts';

/** The API for these systems; its context is a `RequestScope` per operation. */
export function createSchema(options: { readonly systems: readonly SystemInfo[] }): GraphQLSchema {
  const systems = { enumValues: { AccountSystem: systemValues(options.systems) } };
  const schema = builder.toSchema({
    joinedValues: joinValues([systems, core, provisioning, calendar, databases]),
  });
  applyRules(schema);
  limitComplexity(schema);
  return schema;
}
