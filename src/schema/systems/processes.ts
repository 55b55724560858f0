import { sql } from 'kysely';
import type { Connection } from '../../entities/systems/service-process.ts';
import { ANNOUNCE_EVERY_MS } from '../../jobs/systems/announce-process.ts';
import { localeArgument } from '../building/arguments.ts';
import { builder } from '../building/builder.ts';
import { needsSightOfAll } from '../permissions/rules.ts';
import { sqlOf } from '../reading/loaders.ts';
import { displaySystem } from './read-systems.ts';

type Role = 'all' | 'server' | 'worker';

interface ProcessRow {
  readonly role: Role;
  readonly version: string;
  readonly host: string;
  readonly pid: number;
  readonly started_at: string;
  readonly last_seen_at: string;
  readonly alive: boolean;
}

const roles = {
  ALL: { value: 'all', description: 'Serves and works.' },
  SERVER: { value: 'server', description: 'Serves the API; takes no jobs.' },
  WORKER: { value: 'worker', description: 'Takes jobs; serves no API.' },
} as const satisfies Record<string, { readonly value: Role; readonly description: string }>;

const ProcessRoleEnum = builder.enumType('ProcessRole', {
  description: 'What a process does.',
  values: roles,
});

/** Announcements that may be missing before a process is taken for gone. */
const MISSED_MAX = 3;

const ServiceProcess = builder.objectRef<ProcessRow>('ServiceProcess').implement({
  description: 'A process of this service, as it said itself: every half minute, until it stops in order.',
  fields: (t) => ({
    role: t.field({ type: ProcessRoleEnum, description: 'What it does.', resolve: ({ role }) => role }),
    version: t.exposeString('version', { description: 'Of the program.' }),
    host: t.exposeString('host', { description: 'The machine, or container.' }),
    pid: t.exposeInt('pid', { description: 'Its number there.' }),
    startedAt: t.expose('started_at', { type: 'DateTime', description: 'When it started.' }),
    lastSeenAt: t.expose('last_seen_at', {
      type: 'DateTime',
      description: 'When it last said that it runs.',
    }),
    isAlive: t.exposeBoolean('alive', {
      description: 'False: it was silent for too long, and ended without saying so, or hangs.',
    }),
  }),
});

builder.queryField('processes', (t) =>
  t.field({
    ...needsSightOfAll('operate'),
    type: [ServiceProcess],
    description: 'Processes of this service, the newest first; those that ended in order are left out.',
    resolve: async (_root, _args, scope) => {
      const { rows } = await sql<ProcessRow>`
        select role, version, host, pid, started_at, last_seen_at,
          last_seen_at > now() - ${MISSED_MAX * ANNOUNCE_EVERY_MS} * interval '1 millisecond' as alive
        from service_process order by started_at desc, id`.execute(sqlOf(scope));
      return rows;
    },
  }),
);

const ConnectionVariable = builder
  .objectRef<Connection['variables'][number]>('ConnectionVariable')
  .implement({
    description: 'A variable of the environment that a connection is made with.',
    fields: (t) => ({
      name: t.exposeString('name', { description: 'Its name.' }),
      value: t.exposeString('value', {
        nullable: true,
        description: 'Masked unless it only names a place or a size; null: it is not set.',
      }),
    }),
  });

const UpstreamConnection = builder.objectRef<Connection>('UpstreamConnection').implement({
  description: 'How the worker that started last reaches something outside; secrets are masked.',
  fields: (t) => ({
    code: t.string({ description: 'As in `systems`.', resolve: ({ system }) => system }),
    displayName: t.string({
      description: 'What people call it.',
      args: localeArgument,
      resolve: ({ system }, { locale }, { services, locale: own }) => {
        const info = [...services.systems, ...services.sources].find((each) => each.system === system);
        return info === undefined ? system : displaySystem(info, locale ?? own);
      },
    }),
    sandboxed: t.exposeBoolean('sandboxed', { description: 'True when the sandbox plays it.' }),
    address: t.exposeString('address', {
      nullable: true,
      description: 'Scheme, host and port; null where none is set.',
    }),
    variables: t.field({
      type: [ConnectionVariable],
      description: 'What is set for it, masked.',
      resolve: ({ variables }) => variables,
    }),
  }),
});

builder.queryField('connections', (t) =>
  t.field({
    ...needsSightOfAll('operate'),
    type: [UpstreamConnection],
    description: 'What the worker that started last is connected to; empty while none runs.',
    resolve: async (_root, _args, scope) => {
      const { rows } = await sql<{ readonly connections: readonly Connection[] }>`
        select connections from service_process where role <> 'server' order by started_at desc limit 1`.execute(
        sqlOf(scope),
      );
      return rows[0]?.connections ?? [];
    },
  }),
);
