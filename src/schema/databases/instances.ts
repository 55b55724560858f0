import { type SqlBool, sql } from 'kysely';
import type { DatabaseEngine, InstanceState } from '../../domain/databases/engines.ts';
import { byPageSize, pageArguments } from '../building/arguments.ts';
import { builder } from '../building/builder.ts';
import { needs } from '../permissions/rules.ts';
import { PAGE_MAX, parsePage } from '../reading/connection.ts';
import { type Condition, type Listing, readListing } from '../reading/listing.ts';
import { canBeStored, containsPattern } from '../reading/text-filter.ts';
import { DatabaseEngineEnum, InstanceStateEnum } from './enums.ts';
import { findInstance } from './loaders.ts';
import { DatabaseInstance, type DatabaseInstanceRow, selectInstances } from './rows.ts';

export const InstanceConnection = builder.connectionObject(
  {
    type: DatabaseInstance,
    name: 'DatabaseInstanceConnection',
    description: 'A page of database instances.',
  },
  { name: 'DatabaseInstanceEdge', description: 'An instance and its cursor.' },
);

const instanceListing: Listing<DatabaseInstanceRow> = {
  list: 'databaseInstances',
  select: selectInstances,
  key: 'd.id',
  keyColumn: 'id',
  order: 'asc',
  keyOf: (one) => one.id,
};

const instanceFilter = builder.inputType('DatabaseInstanceFilter', {
  description: 'All given conditions must hold. Absent: no condition; an empty list matches nothing.',
  fields: (t) => ({
    search: t.string({ description: 'With this text in name or host, whatever its case.' }),
    engine: t.field({ type: [DatabaseEngineEnum], description: 'Of one of these kinds.' }),
    state: t.field({ type: [InstanceStateEnum], description: 'In one of these states.' }),
    tag: t.string({ description: 'With this tag.' }),
    failing: t.boolean({ description: 'Whose newest run failed, or not.' }),
  }),
});

builder.queryFields((t) => ({
  databaseInstances: t.field({
    ...needs('databases:read'),
    type: InstanceConnection,
    description: 'Registered database servers, the oldest first.',
    args: { ...pageArguments, filter: t.arg({ type: instanceFilter, description: 'Narrows the list.' }) },
    complexity: byPageSize,
    resolve: (_root, { filter, ...args }, scope) =>
      readListing(scope, instanceListing, {
        page: parsePage(args, { list: instanceListing.list, max: PAGE_MAX }),
        conditions: conditionsOf(filter ?? {}),
      }),
  }),
  databaseInstance: t.field({
    ...needs('databases:read'),
    type: DatabaseInstance,
    nullable: true,
    description: 'An instance by its name; null when there is none.',
    args: { name: t.arg.string({ required: true, description: 'Its name.' }) },
    resolve: (_root, { name }, scope) => (canBeStored(name) ? findInstance(scope, name) : null),
  }),
}));

interface InstanceFilter {
  readonly search?: string | null | undefined;
  readonly engine?: readonly DatabaseEngine[] | null | undefined;
  readonly state?: readonly InstanceState[] | null | undefined;
  readonly tag?: string | null | undefined;
  readonly failing?: boolean | null | undefined;
}

function conditionsOf({ search, engine, state, tag, failing }: InstanceFilter): Condition[] {
  if ([search, tag].some((text) => text != null && !canBeStored(text))) return [sql<SqlBool>`false`];
  const conditions: Condition[] = [];
  if (search != null) {
    const pattern = containsPattern(search);
    conditions.push(sql`(d.name ilike ${pattern} or d.host ilike ${pattern})`);
  }
  if (engine != null) conditions.push(sql`d.engine = any(${[...engine]}::text[])`);
  if (state != null) conditions.push(sql`d.state = any(${[...state]}::text[])`);
  if (tag != null) conditions.push(sql`d.tags @> array[${tag}]::text[]`);
  if (failing != null)
    conditions.push(sql`${failing}::boolean = coalesce((
      select i.outcome = 'FAILED' from run_item i join sync_run r on r.id = i.run_id
      where i.subject_kind = 'DATABASE_INSTANCE' and i.subject_id = d.id and r.mode = 'RUN'
        and i.outcome in ('COMPLETED', 'FAILED') order by i.id desc limit 1), false)`);
  return conditions;
}
