import { sql } from 'kysely';
import type { Sql } from '../../../src/entities/tables.ts';
import type { Checked } from './checked.ts';

/** The columns that a whole phone number belongs into. */
const PHONE_COLUMNS = new Set([
  'public.person.telephone_number1',
  'public.person.telephone_number2',
  'public.person.telephone_number3',
  'public.person.search_text',
  'public.request_item.phone_number',
]);
/** Columns are many, and one number is kept like another. */
const PHONES_MAX = 40;

/** I11: no secret anywhere, and no whole phone number outside of its column or in a log. */
export async function findLeaks(
  { sql: db, sandbox }: Checked,
  { logs, secrets }: { readonly logs: readonly string[]; readonly secrets: readonly string[] },
): Promise<string[]> {
  const hidden = [
    ...secrets,
    ...Object.entries(sandbox.environment).flatMap(([name, value]) =>
      /SECRET|TOKEN/.test(name) ? [value] : [],
    ),
  ];
  const phones = await phonesOf(db);
  const columns = await textColumns(db);
  const places = [
    ...(await holding(db, columns, hidden)).map((place) => `I11: a secret in ${place}`),
    ...(
      await holding(
        db,
        columns.filter((column) => !PHONE_COLUMNS.has(nameOf(column))),
        phones,
      )
    ).map((place) => `I11: a whole phone number in ${place}`),
  ];
  return [
    ...places,
    ...logs.flatMap((log) =>
      [...hidden, ...phones].some((needle) => log.includes(needle))
        ? ['I11: a secret or a whole phone number in a log']
        : [],
    ),
  ];
}

interface TextColumn {
  readonly table_schema: string;
  readonly table_name: string;
  readonly column_name: string;
}

function nameOf({ table_schema, table_name, column_name }: TextColumn): string {
  return `${table_schema}.${table_name}.${column_name}`;
}

async function phonesOf(db: Sql): Promise<string[]> {
  const { rows } = await sql<{ phone: string }>`
    select distinct phone from (
      select phone_number as phone from request_item union all select telephone_number1 from person) p
    where length(phone) >= 11 limit ${PHONES_MAX}`.execute(db);
  return rows.map(({ phone }) => phone);
}

async function textColumns(db: Sql): Promise<TextColumn[]> {
  const { rows } = await sql<TextColumn>`
    select c.table_schema, c.table_name, c.column_name
    from information_schema.columns c join pg_class r on r.oid = (quote_ident(c.table_schema) || '.' ||
      quote_ident(c.table_name))::regclass
    where c.table_schema in ('public', 'pgboss') and r.relkind in ('r', 'p') and not r.relispartition
      and c.data_type in ('text', 'character varying', 'json', 'jsonb', 'ARRAY')`.execute(db);
  return rows;
}

/** The columns in which any of these texts stands. */
async function holding(
  db: Sql,
  columns: readonly TextColumn[],
  needles: readonly string[],
): Promise<string[]> {
  if (needles.length === 0 || columns.length === 0) return [];
  const looks = columns.map(
    (column) => sql`select ${nameOf(column)}::text as place where exists (
      select 1 from ${sql.table(`${column.table_schema}.${column.table_name}`)},
        unnest(${[...needles]}::text[]) as needle
      where position(needle in ${sql.ref(column.column_name)}::text) > 0)`,
  );
  const { rows } = await sql<{ place: string }>`${sql.join(looks, sql` union all `)}`.execute(db);
  return rows.map(({ place }) => place);
}
