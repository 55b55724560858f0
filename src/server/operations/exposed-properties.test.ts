import { GraphQLList, GraphQLObjectType, GraphQLSchema, GraphQLString, graphql, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { CompiledOperations } from './compiled-operations.ts';

interface Row {
  readonly task_id: string;
}

let calls = 0;
const schema = createSchema();

/** A field as Pothos makes one that exposes a property, whose resolver a plugin may have wrapped. */
function createSchema(): GraphQLSchema {
  const original = (row: Row) => {
    calls += 1;
    return row.task_id;
  };
  const extensions = { pothosExposedField: 'task_id', pothosOriginalResolve: original };
  const refusing = () => {
    throw new Error('refused');
  };
  const task = new GraphQLObjectType({
    name: 'Task',
    fields: {
      taskId: { type: GraphQLString, resolve: original, extensions },
      guarded: { type: GraphQLString, resolve: refusing, extensions },
    },
  });
  const rows: readonly Row[] = [{ task_id: 'a' }, { task_id: 'b' }];
  const query = new GraphQLObjectType({
    name: 'Query',
    fields: { tasks: { type: new GraphQLList(task), resolve: () => rows } },
  });
  return new GraphQLSchema({ query });
}

async function answers(source: string) {
  const compiled = new CompiledOperations(schema).get(parse(source), undefined);
  const own = await compiled?.query({}, {}, {});
  return { compiled: JSON.parse(JSON.stringify(own)), interpreted: await graphql({ schema, source }) };
}

describe('compiled operations read exposed properties', () => {
  test('without a resolver, under the names of the fields', async () => {
    const { compiled, interpreted } = await answers('{ tasks { id: taskId taskId } }');
    expect(compiled).toEqual(interpreted);
    expect(compiled.data.tasks[1]).toEqual({ id: 'b', taskId: 'b' });
    // Those of graphql-js.
    expect(calls).toBe(4);
  });

  test('but not past a plugin', async () => {
    const { compiled } = await answers('{ tasks { guarded } }');
    expect(compiled.data.tasks[0]).toEqual({ guarded: null });
    expect(compiled.errors[0].message).toBe('refused');
  });

  test('and describe the schema as it is', async () => {
    const { compiled, interpreted } = await answers('{ __type(name: "Task") { fields { name } } }');
    expect(compiled).toEqual(interpreted);
  });
});
