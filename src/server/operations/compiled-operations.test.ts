import { buildSchema, GraphQLEnumType, type GraphQLSchema, graphql, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { CompiledOperations } from './compiled-operations.ts';

const rootValue = {
  task: { name: 'a', count: 3, state: 'READY', event: 'task.failed', events: ['task.failed'] },
  broken: { name: null },
};

/** An enum is stored as it is named, another under values of its own. */
function createSchema(): GraphQLSchema {
  const schema = buildSchema(`
    enum State { READY DONE }
    enum Event { TASK_FAILED }
    type Task { name: String! count: Int state: State event: Event events: [Event!] }
    type Query { task: Task broken: Task }`);
  const event = schema.getType('Event');
  if (event instanceof GraphQLEnumType)
    for (const value of event.getValues()) value.value = value.name.toLowerCase().replace('_', '.');
  return schema;
}

const schema = createSchema();

async function answers(source: string) {
  const compiled = new CompiledOperations(schema).get(parse(source), undefined);
  const own = await compiled?.query(rootValue, {}, {});
  return {
    compiled: JSON.parse(JSON.stringify(own)),
    interpreted: JSON.parse(JSON.stringify(await graphql({ schema, source, rootValue }))),
  };
}

describe('compiled operations', () => {
  test('give the texts, numbers and enums of a row as they are', async () => {
    const { compiled, interpreted } = await answers('{ task { name count state } }');
    expect(compiled).toEqual(interpreted);
    expect(compiled.data.task).toEqual({ name: 'a', count: 3, state: 'READY' });
  });

  test.each(['{ task { event } }', 'query { task { ...E } } fragment E on Task { events }'])(
    'give values of an enum the names they have in the API: %s',
    async (source) => {
      const { compiled, interpreted } = await answers(source);
      expect(compiled).toEqual(interpreted);
      expect(JSON.stringify(compiled)).toContain('TASK_FAILED');
    },
  );

  test('complain of null where there must be none', async () => {
    const { compiled } = await answers('{ broken { name } }');
    expect(compiled.data).toEqual({ broken: null });
    expect(compiled.errors[0]).toMatchObject({ path: ['broken', 'name'] });
  });
});

test('an operation that takes a tree is left to graphql-js: compiling it would hold everything up', () => {
  const tree = buildSchema(`
    input Node { all: [Node!] inner: Inner name: String }
    input Inner { node: Node }
    input Flat { name: String }
    type Query { count(of: Node, flat: Flat): Int }`);
  const operations = new CompiledOperations(tree);
  const get = (source: string) => operations.get(parse(source), undefined);
  expect(get('query ($of: Node) { count(of: $of) }')).toBeNull();
  expect(get('query ($of: [Inner!]) { count }')).toBeNull();
  expect(get('query ($flat: Flat) { count(flat: $flat) }')).not.toBeNull();
});
