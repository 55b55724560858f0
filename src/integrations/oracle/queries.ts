/** Catalog reads of Oracle 12.1 and later. Moments are in UTC; DATE columns are in the time zone of the server. */

function utc(column: string): string {
  return `to_char(sys_extract_utc(from_tz(cast(${column} as timestamp), to_char(systimestamp, 'TZR'))), 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
}

export const usersQuery = `
  select u.user_id as "id", u.username as "name", u.account_status as "status", u.profile as "profile",
    u.default_tablespace as "tablespace", u.authentication_type as "authentication", u.common as "common",
    u.oracle_maintained as "maintained", ${utc('u.expiry_date')} as "expires", ${utc('u.lock_date')} as "locked",
    to_char(sys_extract_utc(u.last_login), 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "last_login"
  from sys.dba_users u`;

export const rolesQuery = `
  select r.role as "name", r.common as "common", r.oracle_maintained as "maintained",
    r.authentication_type as "authentication"
  from sys.dba_roles r`;

export const membershipsQuery = `
  select p.grantee as "grantee", p.granted_role as "role", p.admin_option as "admin", p.default_role as "is_default"
  from sys.dba_role_privs p`;

export const systemQuery = `
  select p.grantee as "grantee", p.privilege as "privilege", p.admin_option as "admin" from sys.dba_sys_privs p`;

/**
 * Rights on objects. Those that Oracle's own accounts and PUBLIC have on Oracle's own objects are left out: they
 * grant no access to data of the application.
 */
export const objectsQuery = `
  select p.grantee as "grantee", p.owner as "owner", p.table_name as "name", p.type as "type",
    p.privilege as "privilege", p.grantable as "grantable"
  from sys.dba_tab_privs p
  where not exists (
    select 1 from sys.dba_users u where u.username = p.owner and u.oracle_maintained = 'Y'
      and (p.grantee = 'PUBLIC' or exists (
        select 1 from sys.dba_users g where g.username = p.grantee and g.oracle_maintained = 'Y' union all
        select 1 from sys.dba_roles g where g.role = p.grantee and g.oracle_maintained = 'Y')))`;

export const columnsQuery = `
  select p.grantee as "grantee", p.owner as "owner", p.table_name as "name", p.column_name as "column",
    p.privilege as "privilege", p.grantable as "grantable"
  from sys.dba_col_privs p`;

export const quotasQuery = `
  select q.username as "grantee", q.tablespace_name as "tablespace", to_char(q.max_bytes) as "bytes"
  from sys.dba_ts_quotas q`;

export const administratorsQuery = `
  select p.username as "grantee", p.sysdba as "sysdba", p.sysoper as "sysoper", p.sysbackup as "sysbackup",
    p.sysdg as "sysdg", p.syskm as "syskm", p.sysasm as "sysasm"
  from v$pwfile_users p`;
