import type { Selectable } from 'kysely';
import { type SqlBool, sql } from 'kysely';
import { auditKinds } from '../../domain/audit/audit-kinds.ts';
import type { Database } from '../../entities/tables.ts';
import { byPageSize, pageArguments } from '../building/arguments.ts';
import { builder } from '../building/builder.ts';
import { addNode } from '../building/node.ts';
import type { RequestScope } from '../context/context.ts';
import { badUserInput } from '../context/errors.ts';
import { needs } from '../permissions/rules.ts';
import { PAGE_MAX, parsePage } from '../reading/connection.ts';
import { encodeGlobalId } from '../reading/global-id.ts';
import { type Condition, type Listing, readListing } from '../reading/listing.ts';
import { rowById, sqlOf } from '../reading/loaders.ts';
import { canBeStored } from '../reading/text-filter.ts';
import { subjectOf } from './subject.ts';

/** An entry of the audit log, and whether a seal covers it. */
type AuditEntryRow = Selectable<Database['audit_entry']> & { readonly sealed: boolean };

const select = sql<AuditEntryRow>`
  select e.*, e.id <= coalesce((select max(s.settled_id) from audit_seal s), 0) or exists (
    select 1 from audit_seal s where s.id > (select max(l.settled_seal_id) from audit_seal l) and s.entry_ids @> e.id
  ) as sealed
  from audit_entry e`;

const entryListing: Listing<AuditEntryRow> = {
  list: 'auditEntries',
  select,
  key: 'e.id',
  keyColumn: 'id',
  order: 'desc',
  keyOf: (entry) => entry.id,
};

/** Entries by primary key. */
const auditEntryById = rowById<AuditEntryRow>(async (scope, ids) => {
  const { rows } = await sql<AuditEntryRow>`
    ${select} where e.id = any(${[...ids]}::bigint[])`.execute(sqlOf(scope));
  return rows;
});

const AuditEntry = builder.objectRef<AuditEntryRow>('AuditEntry').implement({
  description:
    'One change of one thing: who, when, from what to what. Names, phone numbers, logins, addresses and secrets are never in it, only that they changed.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.id({
      description: 'Unique over all types; for `node`.',
      resolve: (entry) => encodeGlobalId('AuditEntry', entry.id),
    }),
    entryId: t.exposeString('id', {
      description: 'Its number in the log, as `verifyAudit` names it.',
    }),
    at: t.expose('happened_at', { type: 'DateTime', description: 'When.' }),
    actor: t.exposeString('actor', {
      description:
        'A principal, `job:` and a queue, `service` (at start), `environment` (first values), or `sql:` and a database user.',
    }),
    action: t.exposeString('action', {
      description: 'Such as `task.changed`, `setting.created`, `api_key.removed`, `person.erased`.',
    }),
    subjectKind: t.exposeString('subject_kind', {
      description:
        'REQUEST, REQUEST_ITEM, TASK, ACCOUNT, RUN, PERSON, SETTING, DEPARTMENT_MAPPING, PERSON_TYPE_MAPPING, WEBHOOK, API_KEY, SYSTEM or AUDIT.',
    }),
    subjectId: t.exposeString('subject_id', {
      description:
        'Which of them: `req_…`, `run_…`, a code or key; numbers for people, tasks, items, webhooks and API keys; person number and system (`12:IDAAS`) for accounts.',
    }),
    subject: t.field({
      type: builder.nodeInterfaceRef(),
      nullable: true,
      description:
        'The thing itself, as it is now; null where it is gone, or no thing that `node` knows (SETTING, SYSTEM, AUDIT).',
      resolve: subjectOf,
    }),
    before: t.field({
      type: 'JSON',
      nullable: true,
      description: 'Recorded values before the change; null for a new row. Absent values are left out.',
      resolve: (entry) => entry.before,
    }),
    after: t.field({
      type: 'JSON',
      nullable: true,
      description:
        'The same afterwards; null for something that is gone. `changed` names columns whose values are not told.',
      resolve: (entry) => entry.after,
    }),
    correlationId: t.exposeString('correlation_id', {
      nullable: true,
      description: 'The same for all that one operation (`x-request-id` of its answer) or one job did.',
    }),
    sealed: t.exposeBoolean('sealed', {
      description: 'Under a seal of the chain; what is newer than a minute or so is not yet.',
    }),
  }),
});

addNode('AuditEntry', { rule: ['admin'], loader: auditEntryById });
const AuditEntryConnection = builder.connectionObject(
  { type: AuditEntry, name: 'AuditEntryConnection', description: 'A page of the audit log.' },
  { name: 'AuditEntryEdge', description: 'An entry and its cursor.' },
);

const filter = builder.inputType('AuditEntryFilter', {
  description: 'All given conditions must hold. Absent: no condition.',
  fields: (t) => ({
    subjectKind: t.string({ description: 'About things of this kind, such as TASK.' }),
    subjectId: t.string({
      description:
        'About this one, as in `subjectId`; for TASK also its taskId, for PERSON its employee number.',
    }),
    actor: t.string({ description: 'By this principal, job or role, as in `actor`.' }),
    action: t.string({ description: 'This action, as in `action`.' }),
    correlationId: t.string({ description: 'Of this operation or job.' }),
    since: t.field({ type: 'DateTime', description: 'At this moment or later.' }),
    until: t.field({ type: 'DateTime', description: 'Before this moment.' }),
  }),
});

builder.queryField('auditEntries', (t) =>
  t.field({
    ...needs('admin'),
    type: AuditEntryConnection,
    description:
      'The audit log, newest first: every change of state, by people, jobs and SQL (docs/audit.md).',
    args: { ...pageArguments, filter: t.arg({ type: filter, description: 'Narrows the list.' }) },
    complexity: byPageSize,
    resolve: async (_root, { filter: given, ...args }, scope) => {
      const page = parsePage(args, { list: entryListing.list, max: PAGE_MAX });
      await assertKind(scope, given?.subjectKind);
      return readListing(scope, entryListing, { page, conditions: conditionsOf(given ?? {}) });
    },
  }),
);

/** A kind that does not exist has no entries, which must not look like news. @throws BAD_USER_INPUT naming those there are. */
async function assertKind(scope: RequestScope, kind: Given): Promise<void> {
  if (kind == null || auditKinds.some((known) => known === kind)) return;
  const { rows } = canBeStored(kind)
    ? await sql`select 1 from audit_entry where subject_kind = ${kind} limit 1`.execute(sqlOf(scope))
    : { rows: [] };
  if (rows.length > 0) return;
  const known = auditKinds.join(', ');
  const message =
    scope.locale === 'EN'
      ? `subjectKind: there is no kind "${kind.slice(0, 50)}". There are: ${known}.`
      : `subjectKind：没有“${kind.slice(0, 50)}”这种对象。可用的有：${known}。`;
  throw badUserInput('filter.subjectKind', message);
}

type Given = string | null | undefined;

function conditionsOf(filter: {
  readonly subjectKind?: Given;
  readonly subjectId?: Given;
  readonly actor?: Given;
  readonly action?: Given;
  readonly correlationId?: Given;
  readonly since?: Given;
  readonly until?: Given;
}): Condition[] {
  const { subjectKind, subjectId, actor, action, correlationId, since, until } = filter;
  const texts = [subjectKind, subjectId, actor, action, correlationId];
  if (texts.some((text) => text != null && !canBeStored(text))) return [sql<SqlBool>`false`];
  const conditions: Condition[] = [];
  if (subjectKind != null) conditions.push(sql`e.subject_kind = ${subjectKind}`);
  if (subjectId != null)
    conditions.push(sql`e.subject_id in (${subjectId}::text, (
      select t.id::text from account_task t where t.task_id = ${subjectId} and ${subjectKind ?? null}::text = 'TASK'), (
      select p.id::text from person p
      where lower(p.employee_number) = lower(${subjectId}) and ${subjectKind ?? null}::text = 'PERSON'))`);
  if (actor != null) conditions.push(actorCondition(actor));
  // The kind is the action's first half: with it the index of subjects finds rare ones.
  if (action != null)
    conditions.push(
      sql`e.action = ${action} and e.subject_kind = ${action.split('.')[0]?.toUpperCase() ?? ''}`,
    );
  if (correlationId != null) conditions.push(sql`e.correlation_id = ${correlationId}`);
  if (since != null)
    conditions.push(
      sql`e.happened_at >= ${since}::timestamptz and e.id >= audit_id_from(${since}::timestamptz)`,
    );
  if (until != null)
    conditions.push(
      sql`e.happened_at < ${until}::timestamptz and e.id < audit_id_until(${until}::timestamptz)`,
    );
  return conditions;
}

/** Of people and roles with the condition of their index, which jobs, who do most, are not in. */
function actorCondition(actor: string): Condition {
  return actor.startsWith('job:')
    ? sql`e.actor = ${actor}`
    : sql`e.actor = ${actor} and e.actor not like 'job:%'`;
}
