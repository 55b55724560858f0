import SchemaBuilder from '@pothos/core';
import { type ExecutionResult, graphql, parse } from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { describe, expect, it } from 'vitest';
import { askedColumns, reading } from './asked-columns.ts';
import { type Columns, everyColumn, withColumns } from './columns.ts';

interface TaskRow {
  readonly id: string;
  readonly task_id: string;
  readonly status: string;
  readonly result: unknown;
}

let asked: Columns | null = null;
const schema = createSchema();

function createSchema() {
  const builder = new SchemaBuilder<{ Objects: { Task: TaskRow; Edge: TaskRow; Page: readonly TaskRow[] } }>({
    scopeAuth: { authScopes: () => ({}) },
  });
  builder.objectType('Task', {
    fields: (t) => ({
      taskId: t.exposeString('task_id'),
      label: t.string({
        args: { prefix: t.arg.string() },
        resolve: reading(['id', 'status'], (task, { prefix }) => `${prefix ?? ''}${task.id} ${task.status}`),
      }),
      explanation: t.string({ resolve: (task) => JSON.stringify(task) }),
    }),
  });
  builder.objectType('Edge', { fields: (t) => ({ node: t.field({ type: 'Task', resolve: (row) => row }) }) });
  builder.objectType('Page', {
    fields: (t) => ({
      edges: t.field({ type: ['Edge'], resolve: (rows) => [...rows] }),
      count: t.int({ resolve: (rows) => rows.length }),
    }),
  });
  const rows = [{ id: '1', task_id: 't', status: 'S', result: null }];
  builder.queryType({
    fields: (t) => ({
      list: t.field({
        type: ['Task'],
        resolve: (_root, _args, _context, info) => {
          asked = askedColumns(info, 'Task');
          return rows;
        },
      }),
      page: t.field({
        type: 'Page',
        resolve: (_root, _args, _context, info) => {
          asked = askedColumns(info, 'Task');
          return rows;
        },
      }),
    }),
  });
  return builder.toSchema();
}

async function askBoth(source: string): Promise<readonly string[] | null> {
  expect(await graphql({ schema, source })).not.toHaveProperty('errors');
  const interpreted = asked?.names;
  const compiled = compileQuery(schema, parse(source));
  if (!isCompiledQuery(compiled)) throw new Error('was not compiled');
  const results: ExecutionResult[] = [await compiled.query({}, {}, {}), await compiled.query({}, {}, {})];
  for (const result of results) expect(result).not.toHaveProperty('errors');
  expect(asked?.names).toEqual(interpreted);
  return asked?.names ?? null;
}

describe('the columns a list reads', () => {
  it.each([
    ['of exposed fields', '{ list { taskId __typename } }', ['task_id']],
    [
      'of resolvers that name theirs',
      '{ list { x: label(prefix: "#") taskId } }',
      ['id', 'status', 'task_id'],
    ],
    ['through a connection', '{ page { count edges { node { label } } } }', ['id', 'status']],
    ['of a page without rows', '{ page { count } }', []],
    [
      'of every fragment and every spelling of the field',
      '{ page { ...P } page { edges { node { taskId } } } } fragment P on Page { edges { node { ... on Task { label } } } }',
      ['id', 'status', 'task_id'],
    ],
    ['whatever the conditions say', '{ list { taskId label @skip(if: true) } }', ['id', 'status', 'task_id']],
    ['are all of them where a resolver names none', '{ list { taskId explanation } }', null],
  ])('are those %s', async (_, source, columns) => {
    expect(await askBoth(source)).toEqual(columns);
  });

  it('contain what the list itself needs', () => {
    expect(withColumns(everyColumn, ['id'])).toEqual(everyColumn);
    const some = withColumns({ names: ['status'], key: 'status' }, ['id', 'status']);
    expect(some.key).toBe('id,status');
    expect(withColumns(some, ['id'])).toEqual(some);
  });
});
