import { GraphQLInt, GraphQLObjectType, GraphQLSchema, GraphQLString, parse } from 'graphql';
import { pino } from 'pino';
import { describe, expect, test, vi } from 'vitest';
import { createTestServices } from '../../../test/setup/server.ts';
import { seesEverything, type Visibility } from '../../domain/access/visibility.ts';
import type { Locale } from '../../domain/errors/error-entry.ts';
import type { RequestScope, SchemaServices, Viewer } from '../../schema/context/context.ts';
import { never } from '../authentication/lapse.ts';
import { OperationExecutor } from './execute-operation.ts';
import { OpenWork } from './open-work.ts';
import { createRequestScope } from './request-scope.ts';

const watch = parse('subscription W($factor: Int) { watched(factor: $factor) }');
const other = parse('subscription W($factor: Int) { again: watched(factor: $factor) }');
const portalA: Visibility = { kind: 'origins', originSystems: ['A'] };

function viewer(scopes: readonly string[], sees: Visibility, principal = 'somebody'): Viewer {
  return { principal, scopes: new Set(scopes), sees, keyId: null };
}

interface Subscriber {
  readonly viewer: Viewer;
  readonly locale: Locale;
  readonly factor: number;
  readonly document: typeof watch;
}

async function createBench() {
  const event = {};
  const services: SchemaServices = await createTestServices();
  const query = new GraphQLObjectType({ name: 'Query', fields: { nothing: { type: GraphQLString } } });
  const subscription = new GraphQLObjectType<unknown, RequestScope>({
    name: 'Subscription',
    fields: {
      watched: {
        type: GraphQLString,
        args: { factor: { type: GraphQLInt } },
        subscribe: async function* () {
          yield event;
        },
        resolve: (_event, { factor }, { viewer: who, locale }) =>
          JSON.stringify([[...(who?.scopes ?? [])], who?.sees, locale, factor]),
      },
    },
  });
  const executor = new OperationExecutor({
    schema: new GraphQLSchema({ query, subscription }),
    logger: pino({ level: 'silent' }),
    openWork: new OpenWork(),
    operationTimeoutMs: 10_000,
  });
  const hear = async ({ viewer: who, locale, factor, document }: Subscriber): Promise<unknown> => {
    const scope = createRequestScope({ services, viewer: who, locale, correlationId: 'test' });
    const operation = { document, operationName: undefined, variables: { factor }, scope, lapse: never };
    const stream = await executor.subscribe(operation);
    if (!(Symbol.asyncIterator in stream)) throw new Error(JSON.stringify(stream));
    return (await stream.next()).value;
  };
  return { executor, hear };
}

const one: Subscriber = {
  viewer: viewer(['requests:read'], seesEverything),
  locale: 'EN',
  factor: 1,
  document: watch,
};

describe('one event for many subscribers', () => {
  test('is executed once for all who get the same answer', async () => {
    const { executor, hear } = await createBench();
    const same = [one, { ...one, viewer: viewer(['requests:read'], seesEverything, 'somebody else') }];
    const [first, second] = await Promise.all(same.map(hear));
    expect(first).toHaveProperty('data.watched');
    expect(second).toBe(first);
    expect(executor.counts).toEqual({ compiled: 1, interpreted: 0 });
  });

  test('is executed for each who may see, asks for, or reads something else', async () => {
    const { executor, hear } = await createBench();
    const others: Subscriber[] = [
      one,
      { ...one, viewer: viewer(['requests:read', 'people:pii'], seesEverything) },
      { ...one, viewer: viewer(['requests:read'], portalA) },
      { ...one, viewer: viewer(['requests:read'], { kind: 'request', requestId: 'A' }) },
      { ...one, locale: 'ZH_CN' },
      { ...one, factor: 2 },
      { ...one, document: other },
    ];
    const answers = await Promise.all(others.map(hear));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(others.length);
    expect(answers[1]).toEqual({
      data: {
        __proto__: null,
        watched: '[["requests:read","people:pii"],{"kind":"everything"},"EN",1]',
      },
    });
    expect(executor.counts.compiled).toBe(others.length);
  });

  test('is executed again for who comes later', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    try {
      const { executor, hear } = await createBench();
      await hear(one);
      vi.advanceTimersByTime(1_000);
      await hear(one);
      expect(executor.counts.compiled).toBe(2);
    } finally {
      vi.useRealTimers();
    }
  });
});
