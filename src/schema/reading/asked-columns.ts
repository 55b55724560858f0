import {
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  getNamedType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { type Columns, columnsNamed, everyColumn } from './columns.ts';

// Lists read the columns that the fields asked for need (ADR 0015). A field says so by what it is: an exposed column
// needs that one, a resolver made with `reading` those it names; with any other among them the whole row is read.

const columnsRead = new WeakMap<object, readonly string[]>();

/** A resolver that needs these columns of its row; the compiler sees to it that it looks at no other. */
export function reading<Row, Column extends keyof Row & string, Rest extends unknown[], Result>(
  columns: readonly Column[],
  resolve: (row: Pick<Row, Column>, ...rest: Rest) => Result,
): (row: Row, ...rest: Rest) => Result {
  columnsRead.set(resolve, columns);
  return resolve;
}

/** Results for one place of a compiled operation, by the type looked for. */
const found = new WeakMap<readonly FieldNode[], Map<string, Columns | null>>();

/**
 * The columns that the rows of this type need, of a list that is resolved: itself, or the nodes of a connection.
 * Conditions (`@skip`, `@include`) are taken to let everything in.
 */
export function askedColumns(info: GraphQLResolveInfo, rowType: string): Columns {
  return remembered(info, rowType, () => columnsFor(rowFields(info, rowType))) ?? everyColumn;
}

/** The columns of the rows behind a field; null when the field is not selected. */
export function askedColumnsOf(info: GraphQLResolveInfo, rowType: string, fieldName: string): Columns | null {
  return remembered(info, `${rowType}.${fieldName}`, () => {
    const asked = rowFields(info, rowType).filter(({ field }) => field.name === fieldName);
    return asked.length === 0
      ? null
      : columnsFor(asked.flatMap(({ field, node }) => below(info, field.type, node)));
  });
}

function remembered(
  { fieldNodes }: GraphQLResolveInfo,
  key: string,
  find: () => Columns | null,
): Columns | null {
  const known = found.get(fieldNodes) ?? new Map<string, Columns | null>();
  found.set(fieldNodes, known);
  let columns = known.get(key);
  if (columns === undefined) {
    columns = find();
    known.set(key, columns);
  }
  return columns;
}

/** A field and one place where it is asked for. */
interface Selected {
  readonly field: GraphQLField<unknown, unknown>;
  readonly node: FieldNode;
}

type Document = Pick<GraphQLResolveInfo, 'schema' | 'fragments'>;

/** The fields asked of rows of this type. */
function rowFields(info: GraphQLResolveInfo, rowType: string): Selected[] {
  const descend = (type: GraphQLOutputType, nodes: readonly FieldNode[]): Selected[] => {
    const selected = nodes.flatMap((node) => below(info, type, node));
    return getNamedType(type).name === rowType
      ? selected
      : selected.flatMap(({ field, node }) => descend(field.type, [node]));
  };
  return descend(info.returnType, info.fieldNodes);
}

/** The fields selected of what a field gives. */
function below(document: Document, type: GraphQLOutputType, { selectionSet }: FieldNode): Selected[] {
  const named = getNamedType(type);
  return isObjectType(named) ? selectedOf(document, named, selectionSet) : [];
}

function selectedOf(
  document: Document,
  type: GraphQLObjectType,
  selectionSet: SelectionSetNode | undefined,
): Selected[] {
  return (selectionSet?.selections ?? []).flatMap((selection) => expanded(document, type, selection));
}

function expanded(document: Document, type: GraphQLObjectType, selection: SelectionNode): Selected[] {
  switch (selection.kind) {
    case Kind.INLINE_FRAGMENT:
      return selectedOf(document, type, selection.selectionSet);
    case Kind.FRAGMENT_SPREAD:
      return selectedOf(document, type, document.fragments[selection.name.value]?.selectionSet);
    case Kind.FIELD: {
      // `__typename` is no field of the type.
      const field = type.getFields()[selection.name.value];
      return field === undefined ? [] : [{ field, node: selection }];
    }
  }
}

/** The whole row where a field does not say what it needs. */
function columnsFor(selected: readonly Selected[]): Columns {
  const names = selected.map(({ field }) => columnsOf(field));
  return names.includes(null) ? everyColumn : columnsNamed(names.flatMap((some) => some ?? []));
}

function columnsOf({ extensions }: GraphQLField<unknown, unknown>): readonly string[] | null {
  const { pothosExposedField: exposed, pothosOriginalResolve: resolve } = extensions;
  if (typeof exposed === 'string') return [exposed];
  return typeof resolve === 'function' ? (columnsRead.get(resolve) ?? null) : null;
}
