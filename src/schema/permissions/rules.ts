import { type GraphQLField, type GraphQLSchema, isObjectType } from 'graphql';
import { z } from 'zod';
import { type AccessRule, isScope, type Scope } from '../../domain/access/scopes.ts';
import type { RequestScope } from '../context/context.ts';
import { reading } from '../reading/asked-columns.ts';
import { permitted } from './viewer.ts';

/** The rule of a field: one of these scopes, or `admin`. Spread into the field's options. */
export function needs(...oneOf: readonly [Scope, ...Scope[]]) {
  return { skipTypeScopes: true, authScopes: { oneOf } } as const;
}

/**
 * As `needs`, but not for keys that see a part of the requests only: for what cannot be narrowed to the rows such a
 * key may see (`visibleRows`).
 */
export function needsSightOfAll(...oneOf: readonly [Scope, ...Scope[]]) {
  return { skipTypeScopes: true, authScopes: { $all: { oneOf, sightOfAll: true } } } as const;
}

/** The rule of a field that every signed-in principal may use: what it answers must depend on who asks. */
export function signedIn() {
  return { skipTypeScopes: true, authScopes: { signedIn: true } } as const;
}

interface PersonalField<Row, Text> {
  readonly extensions: { readonly personal: true };
  readonly resolve: (row: Row, args: object, scope: RequestScope) => Text;
}

/** The text of a column, null only where the column can be. */
interface PersonalColumn<Column extends string> {
  readonly extensions: { readonly personal: true };
  readonly resolve: <Text extends string | null>(
    row: Readonly<Record<Column, Text>>,
    args: object,
    scope: RequestScope,
  ) => Text;
}

/** Options of a field with personal data, of a column or made of a row: as it is with `people:pii`, else masked. */
export function personal<Column extends string>(
  column: Column,
  mask: (text: string) => string,
): PersonalColumn<Column>;
export function personal<Row>(
  read: (row: Row) => string | null,
  mask: (text: string) => string,
): PersonalField<Row, string | null>;
export function personal(
  source: string | ((row: Readonly<Record<string, string | null>>) => string | null),
  mask: (text: string) => string,
) {
  const read =
    typeof source === 'string'
      ? (row: Readonly<Record<string, string | null>>) => row[source] ?? null
      : source;
  const resolve = (row: Readonly<Record<string, string | null>>, _args: object, { viewer }: RequestScope) => {
    const text = read(row);
    return text === null || permitted(viewer, ['people:pii']) ? text : mask(text);
  };
  return {
    extensions: { personal: true },
    resolve: typeof source === 'string' ? reading([source], resolve) : resolve,
  };
}

const scopes = z.object({ oneOf: z.tuple([z.string().refine(isScope)], z.string().refine(isScope)) });
const options = z.object({
  pothosOptions: z.object({
    authScopes: z.union([z.object({ signedIn: z.literal(true) }), scopes, z.object({ $all: scopes })]),
  }),
});

type Field = Pick<GraphQLField<unknown, unknown>, 'extensions' | 'description'>;

/** The rule a field was given; null when it has none, as most fields of objects. */
export function ruleOf(field: Field): AccessRule | null {
  const { data } = options.safeParse(field.extensions);
  if (data === undefined) return null;
  const { authScopes } = data.pothosOptions;
  if ('signedIn' in authScopes) return 'signed in';
  return '$all' in authScopes ? authScopes.$all.oneOf : authScopes.oneOf;
}

/** True for fields made with `needsSightOfAll`. */
export function isForSightOfAll(field: Field): boolean {
  const { data } = options.safeParse(field.extensions);
  return data !== undefined && '$all' in data.pothosOptions.authScopes;
}

/** True for fields made with `personal`. */
export function isPersonal(field: Field): boolean {
  return field.extensions['personal'] === true;
}

/** One field of the schema and where it stands. */
export interface PlacedField {
  readonly type: string;
  readonly name: string;
  readonly isRoot: boolean;
  readonly field: GraphQLField<unknown, RequestScope>;
}

/** Every field of every object type but introspection. */
export function fieldsOf(schema: GraphQLSchema): PlacedField[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter((type) => !type.name.startsWith('__'))
    .flatMap((type) =>
      Object.entries(type.getFields()).map(([name, field]) => ({
        type: type.name,
        name,
        isRoot: roots.includes(type),
        field,
      })),
    );
}

/** Names that speak of personal data or of what only operators may see. */
const SENSITIVE_NAME =
  /phone|(full|employee|english|pinyin)Name|password|secret|errorDetails|executionContext/i;

/** Fields that were added without saying who may use them, each with what to write. */
export function missingRules(schema: GraphQLSchema): string[] {
  return fieldsOf(schema).flatMap(({ type, name, isRoot, field }) => {
    if (ruleOf(field) !== null || isPersonal(field)) return [];
    if (isRoot) {
      return `${type}.${name} does not say who may use it: write \`...needs('requests:read')\` (one or more scopes of src/domain/access/scopes.ts, any of which suffices) or \`...signedIn()\` into its options, from src/schema/permissions/rules.ts. See docs/access.md.`;
    }
    if (SENSITIVE_NAME.test(name)) {
      return `${type}.${name} looks sensitive: write \`...needs('operate')\` into its options, or \`...personal('full_name', maskName)\` for a name or phone number that is shown masked without people:pii, both from src/schema/permissions/rules.ts. See docs/access.md.`;
    }
    return [];
  });
}

/**
 * Refuses a schema that has a field without a rule (at run time only `admin` could use it, and the mistake would go
 * unnoticed), and adds the required scopes to every description. @throws naming every such field and what to write.
 */
export function applyRules(schema: GraphQLSchema): void {
  const missing = missingRules(schema);
  if (missing.length > 0) throw new Error(`Access rules are missing:\n${missing.join('\n')}`);
  for (const { field } of fieldsOf(schema)) {
    const remark = remarkOf(field);
    if (remark !== null) field.description = `${field.description ?? ''} ${remark}`.trim();
  }
}

function remarkOf(field: Field): string | null {
  if (isPersonal(field)) return 'Masked without the scope people:pii.';
  const rule = ruleOf(field);
  if (rule === null || rule === 'signed in') return null;
  const bound = isForSightOfAll(field) ? ', and a key that is not bound to origin systems' : '';
  return `Scope: ${rule.join(' or ')}${bound}.`;
}
