import { type DocumentNode, Kind } from 'graphql';
import type { SpanStart } from '../../trace.ts';

/** A caller chooses the name. */
const NAME_MAX_CHARACTERS = 100;

/** The span of an operation: its kind and name, and nothing of its variables. */
export function operationSpan(operation: {
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
}): SpanStart {
  const { document, operationName } = operation;
  const operations = document.definitions.filter(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  const chosen = operations.find(({ name }) => name?.value === operationName) ?? operations[0];
  const name = chosen?.name?.value.slice(0, NAME_MAX_CHARACTERS);
  const type = chosen?.operation ?? 'query';
  return {
    name: name === undefined ? type : `${type} ${name}`,
    kind: 'internal',
    attributes: {
      'graphql.operation.type': type,
      ...(name !== undefined && { 'graphql.operation.name': name }),
    },
  };
}
