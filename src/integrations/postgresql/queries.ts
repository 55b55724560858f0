/**
 * The catalog reads of PostgreSQL. Every name is written out with its schema's rule: the session's search_path is
 * pg_catalog alone, so nothing of the server's users is ever called.
 */

/** Who we are and what the server is. */
export const sessionQuery = `
  select current_setting('server_version_num')::int as number, current_setting('server_version') as version,
    version() as banner, current_user::text as me`;

export const rolesQuery = `
  select r.oid::text, r.rolname as name, r.rolsuper, r.rolinherit, r.rolcreaterole, r.rolcreatedb, r.rolcanlogin,
    r.rolreplication, r.rolbypassrls, r.rolconnlimit as connlimit,
    case when r.rolvaliduntil in ('infinity', '-infinity') then null
      else to_char(r.rolvaliduntil at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') end as valid_until,
    r.rolvaliduntil = '-infinity' as expired_always
  from pg_roles r order by r.oid`;

/** Before 16 a membership inherits as its member does, and SET ROLE always works. */
export function membershipsQuery(versionNumber: number): string {
  const options =
    versionNumber >= 160_000
      ? 'm.inherit_option as inherits, m.set_option as sets'
      : 'r.rolinherit as inherits, true as sets';
  return `
    select m.roleid::text as role, m.member::text, bool_or(m.admin_option) as admin,
      bool_or(o.inherits) as inherits, bool_or(o.sets) as sets
    from pg_auth_members m join pg_roles r on r.oid = m.member cross join lateral (select ${options}) o
    group by m.roleid, m.member`;
}

/** Every database, and whether we may open it. */
export const databasesQuery = `
  select d.datname as name, d.datallowconn as open, has_database_privilege(d.oid, 'CONNECT') as allowed,
    d.datdba::text as owner
  from pg_database d order by d.datname`;

/** Rights of databases, tablespaces and (since 15) parameters. */
export function sharedQuery(versionNumber: number): string {
  const parameters = `
    union all select 'PARAMETER', array[p.parname], 10::oid, p.paracl, '{}'::aclitem[], null, false, false
    from pg_parameter_acl p`;
  return explode(`
    select 'DATABASE' as kind, '{}'::text[] || d.datname::text as names, d.datdba as owner, d.datacl as acl,
      acldefault('d', d.datdba) as fallback, null::aclitem[] as initial, false as system, true as owned
    from pg_database d
    union all
    select 'TABLESPACE', array[t.spcname::text], t.spcowner, t.spcacl, acldefault('t', t.spcowner), null,
      t.oid < 16384, true
    from pg_tablespace t
    ${versionNumber >= 150_000 ? parameters : ''}`);
}

export const schemasQuery = explode(`
  select 'SCHEMA' as kind, array[n.nspname::text] as names, n.nspowner as owner, n.nspacl as acl,
    acldefault('n', n.nspowner) as fallback, i.initprivs as initial,
    n.nspname ~ '^pg_' or n.nspname = 'information_schema' or ${member('pg_namespace', 'n.oid')} as system, true as owned
  from pg_namespace n ${initial('pg_namespace', 'n.oid')}
  where n.nspname !~ '^pg_(toast_)?temp_'`);

export const relationsQuery = explode(`
  select case c.relkind when 'S' then 'SEQUENCE' else 'TABLE' end as kind,
    array[n.nspname::text, c.relname::text] as names, c.relowner as owner, c.relacl as acl,
    acldefault(case c.relkind when 'S' then 's'::"char" else 'r'::"char" end, c.relowner) as fallback,
    i.initprivs as initial, ${systemSchema()} or ${member('pg_class', 'c.oid')} as system, true as owned
  from pg_class c join pg_namespace n on n.oid = c.relnamespace ${initial('pg_class', 'c.oid')}
  where c.relkind in ('r', 'v', 'm', 'p', 'f', 'S') and n.nspname !~ '^pg_(toast|temp_|toast_temp_)'
    and (c.relacl is not null or not (${systemSchema()}))`);

export const columnsQuery = explode(`
  select 'COLUMN' as kind, array[n.nspname::text, c.relname::text, a.attname::text] as names, c.relowner as owner,
    a.attacl as acl, '{}'::aclitem[] as fallback, i.initprivs as initial,
    ${systemSchema()} or ${member('pg_class', 'c.oid')} as system, false as owned
  from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    ${initial('pg_class', 'c.oid', 'a.attnum')}
  where a.attacl is not null and not a.attisdropped and n.nspname !~ '^pg_(toast|temp_|toast_temp_)'`);

export const routinesQuery = explode(`
  select 'ROUTINE' as kind,
    array[n.nspname::text, p.proname::text, array_to_string(array(
      select format_type(t.type, null) from unnest(p.proargtypes) with ordinality t(type, place) order by t.place), ', ')]
      as names,
    p.proowner as owner, p.proacl as acl, acldefault('f', p.proowner) as fallback, i.initprivs as initial,
    ${systemSchema()} or ${member('pg_proc', 'p.oid')} as system, true as owned
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace ${initial('pg_proc', 'p.oid')}
  where n.nspname !~ '^pg_temp_' and (p.proacl is not null or not (${systemSchema()}))`);

/** Array types and row types of tables have no rights of their own. */
export const typesQuery = explode(`
  select 'TYPE' as kind, array[n.nspname::text, t.typname::text] as names, t.typowner as owner, t.typacl as acl,
    acldefault('T', t.typowner) as fallback, i.initprivs as initial,
    ${systemSchema()} or ${member('pg_type', 't.oid')} as system, true as owned
  from pg_type t join pg_namespace n on n.oid = t.typnamespace ${initial('pg_type', 't.oid')}
  where t.typtype in ('b', 'c', 'd', 'e', 'r') and n.nspname !~ '^pg_(toast|temp_|toast_temp_)'
    and not exists (select 1 from pg_type e where e.typarray = t.oid)
    and (t.typtype <> 'c' or exists (select 1 from pg_class c where c.oid = t.typrelid and c.relkind = 'c'))
    and (t.typacl is not null or not (${systemSchema()}))`);

export const objectsQuery = explode(`
  select 'LANGUAGE' as kind, array[l.lanname::text] as names, l.lanowner as owner, l.lanacl as acl,
    acldefault('l', l.lanowner) as fallback, i.initprivs as initial,
    l.oid < 16384 or ${member('pg_language', 'l.oid')} as system, true as owned
  from pg_language l ${initial('pg_language', 'l.oid')}
  union all
  select 'FOREIGN DATA WRAPPER', array[w.fdwname::text], w.fdwowner, w.fdwacl, acldefault('F', w.fdwowner), i.initprivs,
    ${member('pg_foreign_data_wrapper', 'w.oid')}, true
  from pg_foreign_data_wrapper w ${initial('pg_foreign_data_wrapper', 'w.oid')}
  union all
  select 'FOREIGN SERVER', array[s.srvname::text], s.srvowner, s.srvacl, acldefault('S', s.srvowner), i.initprivs,
    ${member('pg_foreign_server', 's.oid')}, true
  from pg_foreign_server s ${initial('pg_foreign_server', 's.oid')}`);

/** Rights that a role's new objects come with, except those that it grants to itself. */
export const defaultsQuery = `
  select case d.defaclobjtype when 'r' then 'TABLES' when 'S' then 'SEQUENCES' when 'f' then 'FUNCTIONS'
      when 'T' then 'TYPES' when 'n' then 'SCHEMAS' when 'L' then 'LARGE OBJECTS' else d.defaclobjtype::text end as kind,
    array[pg_get_userbyid(d.defaclrole)::text]
      || case when n.nspname is null then '{}' else array[n.nspname::text] end as names,
    a.grantee::text, a.privilege_type as privilege, a.is_grantable as grantable
  from pg_default_acl d left join pg_namespace n on n.oid = d.defaclnamespace
    cross join lateral aclexplode(d.defaclacl) a
  where a.grantee <> d.defaclrole`;

/**
 * Rights of these things, one row each: what its ACL says, or what it is without one. The owner's own entries are left
 * out, `OWNER` says it all; of what belongs to the system or an extension only that which it was not installed with.
 */
function explode(things: string): string {
  return `
    with thing as materialized (${things})
    select t.kind, t.names, t.owner::text as grantee, 'OWNER' as privilege, true as grantable
    from thing t where t.owned and not t.system
    union all
    select t.kind, t.names, a.grantee::text, a.privilege_type, a.is_grantable
    from thing t cross join lateral aclexplode(coalesce(t.acl, t.fallback)) a
    where a.grantee <> t.owner
      -- initdb makes information_schema after it has noted what is there, for everybody to read.
      and not (t.system and t.names[1] = 'information_schema' and a.grantee = 0 and not a.is_grantable
        and a.privilege_type in ('SELECT', 'USAGE', 'EXECUTE'))
      and (not t.system or (t.acl is not null and not exists (
      select 1 from aclexplode(coalesce(t.initial, t.fallback)) was
      where was.grantee = a.grantee and was.privilege_type = a.privilege_type
        and was.is_grantable = a.is_grantable)))`;
}

function systemSchema(): string {
  return `(n.nspname ~ '^pg_' or n.nspname = 'information_schema')`;
}

function member(catalog: string, oid: string): string {
  return `exists (select 1 from pg_depend e where e.classid = '${catalog}'::regclass and e.objid = ${oid} and e.deptype = 'e')`;
}

function initial(catalog: string, oid: string, column = '0'): string {
  return `left join pg_init_privs i on i.classoid = '${catalog}'::regclass and i.objoid = ${oid} and i.objsubid = ${column}`;
}
