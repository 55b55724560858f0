import { defineEntity, p } from '@mikro-orm/postgresql';

/** A connection of a process, as its variables name it; secrets are masked before they are stored. */
export interface Connection {
  readonly system: string;
  readonly sandboxed: boolean;
  /** Scheme, host and port; null where none is configured. */
  readonly address: string | null;
  readonly variables: readonly { readonly name: string; readonly value: string | null }[];
}

export const ServiceProcessSchema = defineEntity({
  name: 'ServiceProcess',
  tableName: 'service_process',
  properties: {
    id: p.uuid().primary(),
    role: p.enum(['all', 'server', 'worker'] as const),
    version: p.string(),
    host: p.string(),
    pid: p.integer(),
    /** Of a process that works; empty for one that only serves. */
    connections: p.json<Connection[]>(),
    startedAt: p.datetime(),
    lastSeenAt: p.datetime(),
  },
});

/** A process of this service that said not long ago that it runs. */
export class ServiceProcess extends ServiceProcessSchema.class {}
ServiceProcessSchema.setClass(ServiceProcess);
