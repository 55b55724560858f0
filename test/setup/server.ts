import { MikroORM } from '@mikro-orm/postgresql';
import {
  GraphQLError,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
} from 'graphql';
import { PgBoss } from 'pg-boss';
import { pino } from 'pino';
import { commonSettings } from '../../src/domain/settings-catalogue.ts';
import type { Database } from '../../src/entities/tables.ts';
import { ChangeFeed } from '../../src/jobs/kit/change-feed.ts';
import { LiveSettings } from '../../src/jobs/kit/live-settings.ts';
import { SecretKeys } from '../../src/jobs/secrets/secret-keys.ts';
import type { RateLimits, RequestScope, SchemaServices } from '../../src/schema/context/context.ts';
import { Secret } from '../../src/secret.ts';
import { ApiKeys } from '../../src/server/authentication/api-keys.ts';
import { createAuthenticate } from '../../src/server/authentication/authenticate.ts';
import { type RunningServer, type StartServerOptions, startServer } from '../../src/server/start-server.ts';

/** The key that the test servers accept. */
export const TEST_KEY = 'test-key-of-at-least-24-characters';

/** Headers of a well-behaved client. */
export const jsonHeaders = {
  authorization: `Bearer ${TEST_KEY}`,
  'content-type': 'application/json',
  accept: 'application/graphql-response+json',
};

/** A source of events that the test pushes by hand, and that tells when the server let go of it. */
export class TestSource implements AsyncIterableIterator<unknown, undefined> {
  readonly #events: unknown[] = [];
  #waiting: PromiseWithResolvers<IteratorResult<unknown, undefined>> | null = null;
  #failure: Error | null = null;
  #ended = false;
  readonly #opened = Promise.withResolvers<void>();
  readonly #returned = Promise.withResolvers<void>();

  /** Resolves when somebody asked for the first event. */
  get opened(): Promise<void> {
    return this.#opened.promise;
  }

  get returned(): Promise<void> {
    return this.#returned.promise;
  }

  push(event: unknown): void {
    this.#events.push(event);
    this.#settle();
  }

  finish(): void {
    this.#ended = true;
    this.#settle();
  }

  fail(error: Error): void {
    this.#failure = error;
    this.#settle();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<unknown, undefined>> {
    this.#opened.resolve();
    this.#waiting = Promise.withResolvers();
    const { promise } = this.#waiting;
    this.#settle();
    return promise;
  }

  return(): Promise<IteratorResult<unknown, undefined>> {
    this.#returned.resolve();
    return Promise.resolve({ done: true, value: undefined });
  }

  #settle(): void {
    const waiting = this.#waiting;
    if (waiting === null) return;
    if (this.#events.length > 0) waiting.resolve({ done: false, value: this.#events.shift() });
    else if (this.#failure !== null) waiting.reject(this.#failure);
    else if (this.#ended) waiting.resolve({ done: true, value: undefined });
    else return;
    this.#waiting = null;
  }
}

/** What the fields of the test schema wait for or saw. */
export interface TestWorld {
  readonly source: TestSource;
  /** `slow` begins, and waits for the test. */
  readonly slowStarted: PromiseWithResolvers<void>;
  readonly slow: PromiseWithResolvers<string>;
  readonly scopes: RequestScope[];
  /** Lines of the log, parsed. */
  readonly log: string[];
}

const text = { type: GraphQLString };
const personInput = new GraphQLInputObjectType({
  name: 'PersonInput',
  fields: { phone: text, age: { type: GraphQLInt } },
});

/** A schema with one field for each thing that a server must get right. */
export function createTestSchema(world: TestWorld): GraphQLSchema {
  const query = new GraphQLObjectType<unknown, RequestScope>({
    name: 'Query',
    fields: {
      hello: { ...text, resolve: () => 'world' },
      principal: { ...text, resolve: (_, __, scope) => scope.viewer?.principal ?? null },
      locale: { ...text, resolve: (_, __, scope) => scope.locale },
      correlationId: { ...text, resolve: (_, __, scope) => scope.correlationId },
      boom: {
        ...text,
        resolve: () => {
          throw new Error('password=hunter2 in the connection string');
        },
      },
      refused: {
        ...text,
        args: { code: { type: new GraphQLNonNull(GraphQLString) } },
        resolve: (_, { code }) => {
          throw new GraphQLError('Refused on purpose.', { extensions: { code, retryAfterSeconds: 7 } });
        },
      },
      slow: {
        ...text,
        resolve: () => {
          world.slowStarted.resolve();
          return world.slow.promise;
        },
      },
      people: {
        type: GraphQLInt,
        args: { people: { type: new GraphQLList(new GraphQLNonNull(personInput)) } },
        resolve: (_, { people }) => people.length,
      },
      required: {
        type: GraphQLInt,
        args: { first: { type: new GraphQLNonNull(GraphQLInt) } },
        resolve: (_, { first }) => first,
      },
    },
  });
  const mutation = new GraphQLObjectType({
    name: 'Mutation',
    fields: { change: { ...text, resolve: () => 'changed' } },
  });
  const subscription = new GraphQLObjectType<unknown, RequestScope>({
    name: 'Subscription',
    fields: {
      ticks: {
        type: GraphQLInt,
        args: { factor: { type: new GraphQLNonNull(GraphQLInt) } },
        subscribe: () => world.source,
        resolve: (event, { factor }, scope) => {
          world.scopes.push(scope);
          if (event === 'boom') throw new Error('password=hunter2');
          return Number(event) * factor;
        },
      },
      texts: {
        ...text,
        subscribe: () => world.source,
        resolve: (event) => String(event),
      },
      missing: {
        type: GraphQLInt,
        subscribe: () => {
          throw new GraphQLError('There is no such request.', { extensions: { code: 'NOT_FOUND' } });
        },
      },
    },
  });
  return new GraphQLSchema({ query, mutation, subscription });
}

/** Rate limits of a server whose test is about something else. */
export const unlimited: RateLimits = {
  take: async () => null,
  stateOf: async () => ({ limit: 1, remaining: 1, resetAt: new Date() }),
};

/** Real services that are never connected to anything. */
export async function createTestServices(): Promise<SchemaServices> {
  const logger = pino({ level: 'silent' });
  const url = 'postgres://nobody@127.0.0.1:1/none';
  const orm = await MikroORM.init({ clientUrl: url, entities: [], discovery: { warnWhenNoEntities: false } });
  return {
    em: orm.em,
    boss: new PgBoss(url),
    settings: new LiveSettings(commonSettings, logger),
    feed: new ChangeFeed(logger),
    rateLimits: unlimited,
    secrets: new SecretKeys([]),
    systems: [],
    sources: [],
    displayTimeZone: 'Asia/Shanghai',
    defaultEmailDomain: null,
    defaultLocale: 'ZH_CN',
  };
}

export interface TestServer extends RunningServer, TestWorld {
  /** POSTs an operation as a well-behaved client. */
  post(body: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A server on a free port of loopback; `await using` closes it. */
export async function startTestServer(options: Partial<StartServerOptions> = {}): Promise<TestServer> {
  const log: string[] = [];
  const logger = pino(
    { level: 'debug', serializers: { error: pino.stdSerializers.err } },
    { write: (line: string) => log.push(line) },
  );
  const world: TestWorld = {
    source: new TestSource(),
    slowStarted: Promise.withResolvers<void>(),
    slow: Promise.withResolvers<string>(),
    scopes: [],
    log,
  };
  const services = await createTestServices();
  const db = () => services.em.fork().getKysely<Database>();
  const keys = new ApiKeys({ db, feed: services.feed, logger });
  const server = await startServer({
    schema: createTestSchema(world),
    services,
    authenticate: createAuthenticate({ adminKey: new Secret(TEST_KEY), keys, tokens: null, logger }),
    host: '127.0.0.1',
    port: 0,
    bodyLimitBytes: 1_000_000,
    allowedOrigins: [],
    logger,
    jobsUrl: null,
    metrics: async () => ({ contentType: 'text/plain', text: '' }),
    onRestAnswer: () => {},
    readiness: async () => ({ ready: true, checks: { database: 'ok' } }),
    page: {
      prefilledKey: null,
      defaultLocale: 'ZH_CN',
      displayTimeZone: 'Asia/Shanghai',
      signIn: null,
    },
    ...options,
  });
  return {
    ...world,
    ...server,
    get openStreams() {
      return server.openStreams;
    },
    post: (body, headers = {}) =>
      fetch(server.url, {
        method: 'POST',
        headers: { ...jsonHeaders, ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    [Symbol.asyncDispose]: () => server.close({ timeoutMs: 0 }),
  };
}
