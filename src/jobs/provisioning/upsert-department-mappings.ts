import type { OperationContext, OperationError } from './operation.ts';

export interface DepartmentMappingInput {
  readonly idataDepartmentCode: string;
  readonly idaasDepartmentCode: string;
  readonly ou: string;
}

export interface UpsertOutcome {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly releasedTasks: number;
  readonly userErrors: readonly OperationError[];
}

/** Placeholder until the body lands. */
export function upsertDepartmentMappings(
  _context: OperationContext,
  _input: { readonly mappings: readonly DepartmentMappingInput[]; readonly skipBad: boolean },
): Promise<UpsertOutcome> {
  throw new Error('being written');
}
