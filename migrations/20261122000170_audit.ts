import { Migration } from '@mikro-orm/migrations';

/**
 * The audit log (docs/audit.md, decisions/0012): what changed, written by triggers in the transaction of the change,
 * whoever makes it; and the seals over it. Once per statement: ten thousand rows are one statement here too.
 */
export class Migration20261122000170_audit extends Migration {
  override async up(): Promise<void> {
    this.addSql(tables);
    this.addSql(whoActs);
    for (const table of auditedTables) for (const statement of triggersOf(table)) this.addSql(statement);
    this.addSql(rareChanges);
    this.addSql(appendOnly);
    this.addSql(`alter function account_updated() set enable_nestloop = off`);
  }
}

// `txid` stands before `id`: defaults are worked out in this order, so that no number is drawn by a transaction that
// the sealer cannot see yet.
const tables = `
create table audit_entry (
  txid xid8 not null default pg_current_xact_id(),
  id bigint generated always as identity primary key,
  happened_at timestamptz not null default clock_timestamp(),
  actor text not null,
  correlation_id text,
  action text not null,
  subject_kind text not null,
  subject_id text not null,
  before jsonb,
  after jsonb
);
create index audit_entry_subject_idx on audit_entry (subject_kind, subject_id, id);
create index audit_entry_person_idx on audit_entry (actor, id) where actor not like 'job:%';
create index audit_entry_happened_idx on audit_entry using brin (happened_at);

create table audit_seal (
  id bigint primary key,
  entry_ids int8multirange not null,
  entries integer not null check (entries >= 1),
  settled_id bigint not null,
  next_txid xid8 not null,
  digests bytea not null,
  previous_hash text not null check (previous_hash ~ '^[0-9a-f]{64}$'),
  hash text not null unique check (hash ~ '^[0-9a-f]{64}$'),
  newest_at timestamptz not null,
  sealed_at timestamptz not null default clock_timestamp()
);
`;

// The service says who acts at the beginning of each transaction (src/entities/acting.ts).
const whoActs = `
create function audit_actor() returns text language sql stable as $$
  select coalesce(nullif(current_setting('accountsync.actor', true), ''), 'sql:' || session_user)
$$;
create function audit_correlation() returns text language sql stable as $$
  select nullif(current_setting('accountsync.correlation', true), '')
$$;
`;

/** What is written of a table's rows; the SQL speaks of the row as `r`. */
interface AuditedTable {
  readonly table: string;
  /** Names the subject's kind and, in lower case, its actions. */
  readonly kind: string;
  /** Column by which before and after are brought together. */
  readonly key: string;
  readonly subject: string;
  /** Told with their values: states and ids, never what says who somebody is. */
  readonly told: Readonly<Record<string, string>>;
  /** Told of rows that are new or gone, beside the above. */
  readonly once?: Readonly<Record<string, string>>;
  /** Columns of which only is told that they changed. */
  readonly named?: readonly string[];
  /** Which new rows are told of; default all, null none. */
  readonly inserted?: string | null;
  /** Which changed rows, by how they are now; default all. */
  readonly updated?: string;
  /** Which rows that are gone; default all, null none. */
  readonly deleted?: string | null;
}

const auditedTables: readonly AuditedTable[] = [
  {
    table: 'account_request',
    kind: 'REQUEST',
    key: 'id',
    subject: 'r.request_id',
    told: {
      status: 'r.status',
      round: 'r.round',
      cancelled: 'r.cancelled_at is not null',
      purged: 'r.purged_at is not null',
    },
    once: { originSystem: 'r.origin_system', totalUsers: 'r.total_users' },
  },
  {
    // New items are told of by their request, which says how many they are.
    table: 'request_item',
    kind: 'REQUEST_ITEM',
    key: 'id',
    subject: 'r.id::text',
    told: { status: 'r.status', errorCode: 'r.error_code' },
    named: [
      'employee_number',
      'employee_name',
      'department_code',
      'phone_number',
      'partner_company',
      'country',
    ],
    inserted: null,
    deleted: null,
  },
  {
    // That a task is taken up is a row of task_attempt, written by the same statement.
    table: 'account_task',
    kind: 'TASK',
    key: 'id',
    subject: 'r.id::text',
    told: { status: 'r.status', errorCode: 'r.error_code' },
    once: { personId: 'r.person_id', system: 'r.system' },
    updated: `r.status <> 'PROCESSING'`,
  },
  {
    // A PLANNED account is the shadow of its task.
    table: 'account',
    kind: 'ACCOUNT',
    key: 'id',
    subject: `r.person_id || ':' || r.system`,
    told: { state: 'r.state', origin: 'r.origin', leaver: 'r.leaver_since is not null' },
    named: ['identifier', 'remote_id'],
    inserted: `r.state <> 'PLANNED'`,
    deleted: `r.state <> 'PLANNED'`,
  },
  {
    table: 'sync_run',
    kind: 'RUN',
    key: 'id',
    subject: 'r.run_id',
    told: {
      status: 'r.status',
      round: 'r.round',
      errorCode: 'r.error_code',
      confirmed: 'r.confirmed_at is not null',
      rejected: 'r.rejected_at is not null',
      cancelRequested: 'r.cancel_requested_at is not null',
    },
    once: { kind: 'r.kind', scope: 'r.scope', mode: 'r.mode', trigger: 'r.trigger' },
  },
  {
    table: 'setting',
    kind: 'SETTING',
    key: 'key',
    subject: 'r.key',
    told: { value: `case when r.key not like '%email%' then r.value end`, version: 'r.version' },
  },
  {
    table: 'department_mapping',
    kind: 'DEPARTMENT_MAPPING',
    key: 'id',
    subject: 'r.idata_department_code',
    told: { idaasDepartmentCode: 'r.idaas_department_code', ou: 'r.ou' },
  },
  {
    table: 'person_type_mapping',
    kind: 'PERSON_TYPE_MAPPING',
    key: 'id',
    subject: 'r.person_type',
    told: {
      aliases: 'r.aliases',
      emailDomain: 'r.email_domain',
      idaasUserType: 'r.idaas_user_type',
      welinkPersonType: 'r.welink_person_type',
      isActive: 'r.is_active',
    },
  },
  {
    // The path of an address may be a secret.
    table: 'webhook',
    kind: 'WEBHOOK',
    key: 'id',
    subject: 'r.id::text',
    told: {
      host: `substring(r.url from '^https?://(?:[^/?#@]*@)?([^/?#]+)')`,
      events: 'r.events',
      isActive: 'r.is_active',
    },
    named: ['url', 'secret', 'description'],
  },
  {
    // Watch tokens last minutes and are cleared away when they are over.
    table: 'api_key',
    kind: 'API_KEY',
    key: 'id',
    subject: 'r.id::text',
    told: {
      name: 'r.name',
      principal: 'r.principal',
      scopes: 'r.scopes',
      originSystems: 'r.origin_systems',
      watchedRequest: 'r.watched_request',
      expiresAt: 'extract(epoch from r.expires_at)',
      revoked: 'r.revoked_at is not null',
    },
    named: ['hash'],
    deleted: 'r.watched_request is null',
  },
];

function triggersOf(table: AuditedTable): string[] {
  const action = table.kind.toLowerCase();
  const name = `audit_${table.table}`;
  const all = { ...table.once, ...table.told };
  const { inserted = 'true', updated = 'true', deleted = 'true' } = table;
  return [
    ...(inserted === null
      ? []
      : [
          statementTrigger(
            `${name}_inserted`,
            `insert on ${table.table} referencing new table as added`,
            `
    select who, what_for, '${action}.created', '${table.kind}', ${table.subject}, null, ${objectOf(all)}
    from added r where ${inserted} order by r.id`,
          ),
        ]),
    statementTrigger(
      `${name}_updated`,
      `update on ${table.table} referencing old table as before_change new table as after_change`,
      `
    select who, what_for, '${action}.changed', '${table.kind}', ${table.subject},
      ${objectOf(table.told, 'b')}, ${objectOf(table.told)}${changedNames(table)}
    from after_change r join before_change b on b.${table.key} = r.${table.key}
    where ${updated} and row(${compared(table, 'r')}) is distinct from row(${compared(table, 'b')})
    order by r.${table.key}`,
    ),
    ...(deleted === null
      ? []
      : [
          statementTrigger(
            `${name}_deleted`,
            `delete on ${table.table} referencing old table as removed`,
            `
    select who, what_for, '${action}.removed', '${table.kind}', ${table.subject}, ${objectOf(all)}, null
    from removed r where ${deleted} order by r.${table.key}`,
          ),
        ]),
  ].map((text) => (table.key === 'id' ? text : text.replaceAll('order by r.id', `order by r.${table.key}`)));
}

// The plan made for a statement of one row is kept for those of thousands: it must not compare each with each.
function statementTrigger(name: string, event: string, select: string): string {
  return `
create function ${name}() returns trigger language plpgsql set enable_nestloop = off as $$
declare
  who constant text := audit_actor();
  what_for constant text := audit_correlation();
begin
  insert into audit_entry (actor, correlation_id, action, subject_kind, subject_id, before, after)${select};
  return null;
end $$;
create trigger ${name} after ${event} for each statement execute function ${name}();`;
}

function objectOf(values: Readonly<Record<string, string>>, row = 'r'): string {
  const pairs = Object.entries(values).map(([name, value]) => `'${name}', ${of(value, row)}`);
  return `jsonb_strip_nulls(jsonb_build_object(${pairs.join(', ')}))`;
}

function compared({ told, named = [] }: AuditedTable, row: string): string {
  return [
    ...Object.values(told).map((value) => of(value, row)),
    ...named.map((column) => `${row}.${column}`),
  ].join(', ');
}

function changedNames({ named = [] }: AuditedTable): string {
  if (named.length === 0) return '';
  const names = named.map(
    (column) => `case when r.${column} is distinct from b.${column} then '${column}' end`,
  );
  const differs = (row: string) => named.map((column) => `${row}.${column}`).join(', ');
  return ` || case when row(${differs('r')}) is not distinct from row(${differs('b')}) then '{}'::jsonb
        else jsonb_build_object('changed', to_jsonb(array_remove(array[${names.join(', ')}], null))) end`;
}

/** The expression, of another row than `r`. */
function of(expression: string, row: string): string {
  return expression.replaceAll(/\br\./g, `${row}.`);
}

// Tables whose rows change far more often than what is audited of them: a condition on the row costs less than
// gathering all of them. What a job does at first with a person (names, columns of HR) is told of by its request or run.
const rareChanges = `
create function audit_circuit() returns trigger language plpgsql as $$
begin
  insert into audit_entry (actor, correlation_id, action, subject_kind, subject_id, before, after)
    values (audit_actor(), audit_correlation(), 'system.changed', 'SYSTEM', new.system,
      jsonb_strip_nulls(jsonb_build_object('circuit', old.circuit, 'reason', old.circuit_reason)),
      jsonb_strip_nulls(jsonb_build_object('circuit', new.circuit, 'reason', new.circuit_reason)));
  return null;
end $$;
create trigger audit_circuit after update of circuit on system_state for each row
  when (old.circuit is distinct from new.circuit) execute function audit_circuit();

create function audit_person() returns trigger language plpgsql as $$
begin
  insert into audit_entry (actor, correlation_id, action, subject_kind, subject_id, before, after)
    values (audit_actor(), audit_correlation(), 'person.changed', 'PERSON', new.id::text,
      jsonb_build_object('employeeStatus', old.employee_status),
      jsonb_build_object('employeeStatus', new.employee_status, 'changed', (
        select coalesce(jsonb_agg(n.key order by n.key), '[]')
        from jsonb_each(to_jsonb(new)) n join jsonb_each(to_jsonb(old)) o on o.key = n.key
        where n.value <> o.value and n.key not in ('updated_at', 'search_text', 'content_hash'))));
  return null;
end $$;
create trigger audit_person after update on person for each row
  when (old.employee_status <> new.employee_status
    or (old.reserved_username is not null and old.reserved_username is distinct from new.reserved_username)
    or (old.reserved_email_address is not null and old.reserved_email_address is distinct from new.reserved_email_address)
    or (coalesce(current_setting('accountsync.actor', true), '') not like 'job:%' and old.* is distinct from new.*))
  execute function audit_person();
create function audit_person_removed() returns trigger language plpgsql as $$
begin
  insert into audit_entry (actor, correlation_id, action, subject_kind, subject_id, before)
    values (audit_actor(), audit_correlation(), 'person.removed', 'PERSON', old.id::text,
      jsonb_build_object('employeeStatus', old.employee_status));
  return null;
end $$;
create trigger audit_person_removed after delete on person for each row execute function audit_person_removed();
`;

// Entries go only with their seal, and only what is past the days of the Setting: by the purge.
const appendOnly = `
create function audit_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is append-only: % of % is refused', tg_op, tg_table_name
    using errcode = 'insufficient_privilege', hint = 'docs/audit.md says how it is purged';
end $$;
create trigger audit_entry_append_only before update or delete or truncate on audit_entry
  for each statement execute function audit_append_only();
create trigger audit_seal_append_only before update or delete or truncate on audit_seal
  for each statement execute function audit_append_only();
`;
