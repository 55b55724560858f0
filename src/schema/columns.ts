import {
  type FieldNode,
  type GraphQLField,
  type GraphQLResolveInfo,
  getNamedType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { type RawBuilder, sql } from 'kysely';
import { prepared } from '../entities/prepared.ts';

// Lists read the columns that the fields asked for need (ADR 0026). A field says so by what it is: an exposed column
// needs that one, a resolver made with `reading` those it names; with any other among them the whole row is read.

/** Columns of one table that a list reads. */
export interface Columns {
  /** In the order of the alphabet; null: all there are. */
  readonly names: readonly string[] | null;
  /** The same for the same columns. */
  readonly key: string;
  /** Distinguishes statements that are prepared; null when there are so many sets already that this one is not. */
  readonly variant: number | null;
}

/** The whole row. */
export const everyColumn: Columns = { names: null, key: '*', variant: 0 };

/**
 * Sets that are kept in mind, by key: portals and operators ask a handful of questions, and a statement is prepared on
 * every connection for each.
 */
const VARIANTS_MAX = 24;
const variants = new Map<string, Columns>([[everyColumn.key, everyColumn]]);

function columnsNamed(names: Iterable<string>): Columns {
  const sorted = [...new Set(names)].sort();
  const key = sorted.join();
  const known = variants.get(key);
  if (known !== undefined) return known;
  const isKept = variants.size < VARIANTS_MAX;
  const columns = { names: sorted, key, variant: isKept ? variants.size : null };
  if (isKept) variants.set(key, columns);
  return columns;
}

/** These columns and those that the list itself needs. */
export function withColumns({ names, key, variant }: Columns, more: readonly string[]): Columns {
  if (names === null || more.every((name) => names.includes(name))) return { names, key, variant };
  return columnsNamed([...names, ...more]);
}

/** The columns as they stand behind `select`; `expressions` are those that are not simply a column of `alias`. */
export function selected(
  alias: string,
  names: Columns['names'],
  expressions: Readonly<Record<string, string>> = {},
): RawBuilder<unknown> {
  if (names === null) return sql.raw(`${alias}.*`);
  // Names of properties in this program, never a caller's text.
  return sql.raw(names.map((name) => expressions[name] ?? `${alias}.${name}`).join(', '));
}

/** As `prepared`, for a statement that reads these columns. */
export function preparedReading(name: string, { variant }: Columns): RawBuilder<unknown> {
  return variant === null ? sql`` : prepared(variant === 0 ? name : `${name}-${variant}`);
}

const read = new WeakMap<object, readonly string[]>();

/** A resolver that needs these columns of its row; the compiler sees to it that it looks at no other. */
export function reading<Row, Column extends keyof Row & string, Rest extends unknown[], Result>(
  columns: readonly Column[],
  resolve: (row: Pick<Row, Column>, ...rest: Rest) => Result,
): (row: Row, ...rest: Rest) => Result {
  read.set(resolve, columns);
  return resolve;
}

/** What was found for the fields that one place of a compiled operation asks for. */
const found = new WeakMap<readonly FieldNode[], Columns>();

/**
 * The columns that the rows of this type need, of a list that is resolved: itself, or the nodes of a connection.
 * Conditions (`@skip`, `@include`) are taken to let everything in.
 */
export function askedColumns(info: GraphQLResolveInfo, rowType: string): Columns {
  const known = found.get(info.fieldNodes);
  if (known !== undefined) return known;
  const names = new Set<string>();
  const isWhole = !info.fieldNodes.every(({ selectionSet }) =>
    collect(selectionSet, { info, rowType, type: getNamedType(info.returnType).name, names }),
  );
  const columns = isWhole ? everyColumn : columnsNamed(names);
  found.set(info.fieldNodes, columns);
  return columns;
}

interface Place {
  readonly info: Pick<GraphQLResolveInfo, 'schema' | 'fragments'>;
  readonly rowType: string;
  /** Whose fields are selected. */
  readonly type: string;
  readonly names: Set<string>;
}

/** False when a field needs nobody knows what. */
function collect(selections: SelectionSetNode | undefined, place: Place): boolean {
  return (selections?.selections ?? []).every((selection) => collectOne(selection, place));
}

function collectOne(selection: SelectionNode, place: Place): boolean {
  switch (selection.kind) {
    case Kind.INLINE_FRAGMENT:
      return collect(selection.selectionSet, place);
    case Kind.FRAGMENT_SPREAD:
      return collect(place.info.fragments[selection.name.value]?.selectionSet, place);
    case Kind.FIELD:
      return collectField(selection, place);
  }
}

function collectField({ name, selectionSet }: FieldNode, place: Place): boolean {
  if (name.value === '__typename') return true;
  const type = place.info.schema.getType(place.type);
  const field = isObjectType(type) ? type.getFields()[name.value] : undefined;
  if (field === undefined) return false;
  if (place.type !== place.rowType)
    return collect(selectionSet, { ...place, type: getNamedType(field.type).name });
  const columns = columnsOf(field);
  for (const column of columns ?? []) place.names.add(column);
  return columns !== null;
}

/** Null: the whole row. */
function columnsOf({ extensions }: GraphQLField<unknown, unknown>): readonly string[] | null {
  const { pothosExposedField: exposed, pothosOriginalResolve: resolve } = extensions;
  if (typeof exposed === 'string') return [exposed];
  return typeof resolve === 'function' ? (read.get(resolve) ?? null) : null;
}
