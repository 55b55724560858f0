import { sharedArguments } from './arguments.ts';
import { createBuilder } from './builder.ts';
import { addConnections } from './connection-types.ts';
import type { SystemInfo } from './context.ts';
import { addEnums } from './enums/enums.ts';
import { addTaskFilter } from './provisioning/tasks/task-filter.ts';
import { addScalars } from './scalars.ts';

/** What every file of this layer makes its types with. */
export function createParts(systems: readonly SystemInfo[]) {
  const builder = createBuilder();
  addScalars(builder);
  const enums = addEnums(builder, systems);
  return {
    builder,
    enums,
    connections: addConnections(builder),
    arguments: sharedArguments(builder, enums),
    inputs: { taskFilter: addTaskFilter(builder, enums) },
  };
}

export type SchemaParts = ReturnType<typeof createParts>;
