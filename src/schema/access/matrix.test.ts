import {
  GraphQLError,
  type GraphQLInputType,
  type GraphQLObjectType,
  graphql,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  parse,
  subscribe,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { permits, scopeTexts } from '../../domain/access/scopes.ts';
import { seesEverything } from '../../domain/access/visibility.ts';
import { createBuilder } from '../building/builder.ts';
import type { RequestScope } from '../context/context.ts';
import { createSchema } from '../index.ts';
import { fieldsOf, isPersonal, missingRules, type PlacedField, ruleOf } from '../permissions/rules.ts';

const systems = ['IDAAS', 'WELINK', 'EMAIL'].map((system) => ({
  system,
  displayName: { zh: system, en: system },
}));
const schema = createSchema({ systems });
const fields = fieldsOf(schema);
const scopes = Object.keys(scopeTexts);

/** A caller with these scopes and no service behind it: a permitted operation fails on that. */
function scopeWith(granted: readonly string[] | null): RequestScope {
  const nothing = new Proxy(Object.create(null), {
    get() {
      throw new Error('let in');
    },
  });
  return {
    services: nothing,
    em: nothing,
    viewer:
      granted === null
        ? null
        : { principal: 'p', scopes: new Set(granted), sees: seesEverything, keyId: null },
    locale: 'EN',
    correlationId: 'c',
  };
}

/** A value of a type that passes validation; required parts only. */
function literal(type: GraphQLInputType): string {
  if (isNonNullType(type)) return literal(type.ofType);
  if (isListType(type)) return '[]';
  if (isEnumType(type)) return type.getValues()[0]?.name ?? '';
  if (isInputObjectType(type)) {
    const required = Object.values(type.getFields()).filter(isRequiredInputField);
    return `{ ${required.map((field) => `${field.name}: ${literal(field.type)}`).join(', ')} }`;
  }
  return { Int: '1', Float: '1', Boolean: 'true', DateTime: '"2026-11-22T00:00:00Z"' }[type.name] ?? '"x"';
}

/** A whole operation for one root field. */
function operationFor({ type, name, field }: PlacedField): string {
  const given = field.args
    .filter((argument) => isRequiredArgument(argument) || argument.name === 'first')
    .map((argument) => `${argument.name}: ${literal(argument.type)}`);
  let named: unknown = field.type;
  while (isNonNullType(named) || isListType(named)) named = named.ofType;
  return `${type.toLowerCase()} { ${name}${given.length > 0 ? `(${given.join(', ')})` : ''} ${isLeafType(named) ? '' : '{ __typename }'} }`;
}

/** The code a root field is refused with; null when the caller got behind the rule. */
async function refusalOf(placed: PlacedField, granted: readonly string[] | null): Promise<unknown> {
  const source = operationFor(placed);
  const contextValue = scopeWith(granted);
  const result =
    placed.type === 'Subscription'
      ? await subscribe({ schema, document: parse(source), contextValue })
      : await graphql({ schema, source, contextValue });
  const [error] = 'errors' in result ? (result.errors ?? []) : [];
  if (error !== undefined && /Syntax|Cannot query|argument/i.test(error.message)) throw error;
  const code = error?.extensions['code'];
  return code === 'FORBIDDEN' || code === 'UNAUTHENTICATED' ? code : null;
}

/** The same for a field of an object, whose resolver decides before it looks at the row. */
function refusalOfObjectField(placed: PlacedField, granted: readonly string[]): unknown {
  const parentType = schema.getType(placed.type);
  if (!isObjectType(parentType)) throw new Error(placed.type);
  try {
    resolveWithoutRow(placed, parentType, granted);
  } catch (error) {
    if (error instanceof GraphQLError && error.extensions['code'] === 'FORBIDDEN') return 'FORBIDDEN';
  }
  return null;
}

function resolveWithoutRow(
  { name, field }: PlacedField,
  parentType: GraphQLObjectType,
  granted: readonly string[],
): void {
  const info = JSON.parse('{}');
  field.resolve?.({}, {}, scopeWith(granted), { ...info, parentType, fieldName: name });
}

describe('every root field, for every scope', () => {
  const roots = fields.filter(({ isRoot }) => isRoot);

  test.each(roots.map((placed) => [`${placed.type}.${placed.name}`, placed] as const))(
    '%s lets in whom its rule names, and nobody else',
    async (_, placed) => {
      const rule = ruleOf(placed.field);
      if (rule === null) throw new Error('has no rule');
      const actual = await Promise.all(
        scopes.map(async (scope) => [scope, await refusalOf(placed, [scope])] as const),
      );
      const expected = scopes.map((scope) => [scope, permits(new Set([scope]), rule) ? null : 'FORBIDDEN']);
      expect(actual).toEqual(expected);
      expect(await refusalOf(placed, [])).toBe(rule === 'signed in' ? null : 'FORBIDDEN');
      expect(await refusalOf(placed, null)).toBe('UNAUTHENTICATED');
    },
  );
});

describe('fields of objects', () => {
  const guarded = fields.filter(({ isRoot, field }) => !isRoot && ruleOf(field) !== null);

  test('with a rule obey it for every scope, and answer without a promise per row', () => {
    expect(guarded.map(({ type, name }) => `${type}.${name}`)).toEqual(
      expect.arrayContaining(['TaskAttempt.errorDetails', 'TaskAttempt.executionContext']),
    );
    for (const placed of guarded) {
      const rule = ruleOf(placed.field);
      if (rule === null) continue;
      for (const scope of scopes) {
        const expected = permits(new Set([scope]), rule) ? null : 'FORBIDDEN';
        expect(refusalOfObjectField(placed, [scope]), `${placed.type}.${placed.name} ${scope}`).toBe(
          expected,
        );
      }
      // A field that only reads its row resolves at once.
      if (placed.type !== 'TaskAttempt') continue;
      const value = placed.field.resolve?.({}, {}, scopeWith(['admin']), JSON.parse('{}'));
      expect(value).not.toBeInstanceOf(Promise);
    }
  });

  test('with personal data are masked for every scope but people:pii and admin', () => {
    const personal = fields.filter(({ field }) => isPersonal(field));
    expect(personal.length).toBeGreaterThan(3);
    // A row that answers every column with one text.
    const row = new Proxy({}, { get: (_, column) => (column === 'person_pinyin_name' ? null : '张三') });
    for (const { field, type, name } of personal) {
      const shownTo = (scope: string) => field.resolve?.(row, {}, scopeWith([scope]), JSON.parse('{}'));
      for (const scope of scopes) {
        const open = permits(new Set([scope]), ['people:pii']);
        expect(shownTo(scope) === shownTo('admin'), `${type}.${name} ${scope}`).toBe(open);
      }
    }
  });
});

describe('a field that was added without a rule', () => {
  /** The smallest schema, with a field that has no rule. */
  function planted() {
    const builder = createBuilder();
    builder.queryField('launchCodes', (t) => t.string({ resolve: () => '0000' }));
    builder.mutationField('launch', (t) => t.boolean({ resolve: () => true }));
    builder.subscriptionField('launches', (t) =>
      t.boolean({ subscribe: async function* launches() {}, resolve: () => true }),
    );
    builder.objectRef<object>('SystemTaskStats').implement({
      fields: (t) => ({ phoneNumber: t.string({ resolve: () => '13800138000' }) }),
    });
    return builder.toSchema();
  }

  test('fails the check, which says what to write', () => {
    const problems = missingRules(planted());
    expect(problems.map((text) => text.split(' ')[0])).toEqual([
      'Mutation.launch',
      'Query.launchCodes',
      'Subscription.launches',
      'SystemTaskStats.phoneNumber',
    ]);
    expect(problems[0]).toContain("...needs('requests:read')");
    expect(problems.at(-1)).toContain('maskName');
  });

  test('is for admin only', async () => {
    const source = '{ launchCodes }';
    const everyOther = scopes.filter((scope) => scope !== 'admin');
    const refused = await graphql({ schema: planted(), source, contextValue: scopeWith(everyOther) });
    expect(refused.errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
    expect((await graphql({ schema: planted(), source, contextValue: scopeWith(['admin']) })).data).toEqual({
      launchCodes: '0000',
    });
  });
});
