import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type SelectionSetNode,
  visit,
} from 'graphql';

/** Limits of an operation (reliability.md §4), far above what people and our own programs write. */
export const SHAPE_LIMITS = { depth: 8, aliases: 15, directives: 5, fields: 300 } as const;

type Shape = Record<keyof typeof SHAPE_LIMITS, number>;

const NOTHING: Shape = { depth: 0, aliases: 0, directives: 0, fields: 0 };
/** Introspection is not measured: the schema bounds it, and a scope permits it. The standard query is 15 deep. */
const INTROSPECTION = new Set(['__schema', '__type']);

/**
 * Measures every operation with its fragments expanded, before validation, which has a rule that compares all fields
 * with each other. A fragment is measured once, so nested spreads cost no more than their text; one that contains
 * itself counts as nothing, and validation refuses it.
 */
export function shapeErrors(document: DocumentNode): readonly GraphQLError[] {
  const measure = measurer(document);
  const used = spreadNames(document);
  const shapes = document.definitions.flatMap((definition) => {
    // An unused fragment counts too: validation would compare its fields.
    const counts =
      definition.kind === Kind.OPERATION_DEFINITION ||
      (definition.kind === Kind.FRAGMENT_DEFINITION && !used.has(definition.name.value));
    if (!counts) return [];
    return [add(measure(definition.selectionSet), { directives: definition.directives?.length ?? 0 })];
  });
  return (['depth', 'aliases', 'directives', 'fields'] as const).flatMap((limit) => {
    const actual = Math.max(0, ...shapes.map((shape) => shape[limit]));
    return actual > SHAPE_LIMITS[limit] ? [tooMuch(limit, actual)] : [];
  });
}

/** True when an operation of the document asks for the schema. */
export function asksForSchema(document: DocumentNode): boolean {
  let asks = false;
  visit(document, {
    Field({ name }) {
      if (INTROSPECTION.has(name.value)) asks = true;
    },
  });
  return asks;
}

function spreadNames(document: DocumentNode): ReadonlySet<string> {
  const names = new Set<string>();
  visit(document, {
    FragmentSpread({ name }) {
      names.add(name.value);
    },
  });
  return names;
}

function measurer(document: DocumentNode): (selections: SelectionSetNode) => Shape {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  const measured = new Map<string, Shape>();

  function ofFragment(name: string): Shape {
    const known = measured.get(name);
    if (known !== undefined) return known;
    // Also the measure of a fragment that spreads itself.
    measured.set(name, NOTHING);
    const fragment = fragments.get(name);
    const shape =
      fragment === undefined
        ? NOTHING
        : add(ofSelections(fragment.selectionSet), { directives: fragment.directives?.length ?? 0 });
    measured.set(name, shape);
    return shape;
  }

  function ofSelections({ selections }: SelectionSetNode): Shape {
    let shape = NOTHING;
    let typenames = 0;
    for (const selection of selections) {
      const directives = selection.directives?.length ?? 0;
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        shape = add(add(shape, ofFragment(selection.name.value)), { directives });
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        shape = add(add(shape, ofSelections(selection.selectionSet)), { directives });
      } else if (!INTROSPECTION.has(selection.name.value)) {
        const below = selection.selectionSet === undefined ? NOTHING : ofSelections(selection.selectionSet);
        const aliases = selection.alias === undefined ? 0 : 1;
        const isTypename = selection.name.value === '__typename';
        if (isTypename) typenames += 1;
        // Clients add one `__typename` per selection; only further ones, or aliased ones, count.
        const isFree = isTypename && aliases === 0 && typenames === 1;
        const own = isFree ? { directives } : { depth: below.depth + 1, aliases, directives, fields: 1 };
        shape = add(add(shape, { ...below, depth: 0 }), own);
      }
    }
    return shape;
  }

  return ofSelections;
}

/** Adds two shapes: the greater depth, and the sums of the rest. */
function add(a: Shape, b: Partial<Shape>): Shape {
  return {
    depth: Math.max(a.depth, b.depth ?? 0),
    aliases: a.aliases + (b.aliases ?? 0),
    directives: a.directives + (b.directives ?? 0),
    fields: a.fields + (b.fields ?? 0),
  };
}

const advice = {
  depth: 'ask for fewer levels at once',
  aliases: 'send several operations',
  directives: 'send several operations',
  fields: 'ask for fewer fields, or send several operations',
} as const satisfies Record<keyof Shape, string>;

function tooMuch(limit: keyof Shape, actual: number): GraphQLError {
  const maximum = SHAPE_LIMITS[limit];
  const what = limit === 'depth' ? `is ${actual} levels deep` : `has ${actual} ${limit}`;
  return new GraphQLError(
    `The operation ${what}, fragments expanded; at most ${maximum} are allowed: ${advice[limit]}.`,
    { extensions: { code: 'LIMIT_EXCEEDED', limit, actual, maximum } },
  );
}
