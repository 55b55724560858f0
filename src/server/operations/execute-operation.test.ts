import { buildSchema, execute, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { startTestServer } from '../../../test/setup/server.ts';
import { CompiledOperations } from './compiled-operations.ts';

describe('compiled operations', () => {
  test('queries, mutations and introspection take the compiled path', async () => {
    await using server = await startTestServer();
    for (const query of [
      '{ hello }',
      'query Q { required(first: 1) }',
      'mutation { change }',
      '{ __schema { types { name } } }',
    ]) {
      expect(await (await server.post({ query })).json()).not.toHaveProperty('errors');
    }
    expect(server.executions).toEqual({ compiled: 4, interpreted: 0 });
  });

  test('wrong variables are answered in the words of graphql-js', async () => {
    await using server = await startTestServer();
    const query = 'query ($first: Int!) { required(first: $first) }';
    const { errors } = await (await server.post({ query, variables: {} })).json();
    expect(errors[0].message).toBe(
      'Variable "$first" has invalid value: Expected a value of non-null type "Int!" to be provided.',
    );
    expect(server.executions).toEqual({ compiled: 0, interpreted: 1 });
  });

  test('an operation that is not in the document is the mistake of the caller', async () => {
    await using server = await startTestServer();
    const response = await server.post({ query: 'query A { hello } query B { hello }', operationName: 'C' });
    expect(response.status).toBe(400);
    expect((await response.json()).errors[0].extensions.code).toBe('OPERATION_RESOLUTION_FAILURE');
  });
});

describe('conditions in documents', () => {
  const schema = buildSchema('type Query { a: A b: A } type A { x: Int y: Int a: A }');
  const rootValue = { a: { x: 1, y: 2, a: { x: 3, y: 4 } }, b: { x: 5, y: 6 } };

  // graphql-jit gets each of these wrong in its default configuration, or when operations share a document.
  test.each([
    [
      'on one of two spreads',
      'query ($c: Boolean!) { a { ...F @include(if: $c) } b { ...F } } fragment F on A { x y }',
      undefined,
    ],
    [
      'opposite',
      'query ($c: Boolean!) { a { ...F @include(if: $c) x } b { ...F @skip(if: $c) } } fragment F on A { x ...G } fragment G on A { y }',
      undefined,
    ],
    [
      'in another operation',
      'query A($c: Boolean!) { a { ...F @include(if: $c) } } query B { a { ...F } } fragment F on A { x y }',
      'B',
    ],
  ])('%s are the same as in graphql-js', async (_, source, operationName) => {
    const document = parse(source);
    const compiled = new CompiledOperations(schema);
    compiled.get(document, 'A');
    for (const c of [true, false]) {
      const expected = await execute({
        schema,
        document,
        rootValue,
        variableValues: { c },
        operationName: operationName ?? null,
      });
      const result = await compiled.get(document, operationName)?.query(rootValue, {}, { c });
      expect(JSON.stringify(result)).toBe(JSON.stringify(expected));
    }
  });

  test('an operation is compiled once', () => {
    const document = parse('{ a { x } }');
    const compiled = new CompiledOperations(schema);
    expect(compiled.get(document, undefined)).toBe(compiled.get(document, undefined));
    expect(compiled.get(document, 'Nobody')).toBeNull();
  });
});
