/** Triggers that write the audit log (docs/audit.md, docs/decisions/0012-audit-log.md), in the transaction of the change. */

/** What is written of a table's rows; the SQL speaks of the row as `r`. */
export interface AuditedTable {
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

/** Statements that have changes of a table written, once per statement: ten thousand rows are one statement here too. */
export function auditTriggers(table: AuditedTable): string[] {
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
