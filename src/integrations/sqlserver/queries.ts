/** Catalog reads of SQL Server 2014 and later. Names of a database are resolved in that database's own catalog. */

export const serverQuery = `
  select cast(serverproperty('ProductVersion') as nvarchar(128)) as version, suser_sname() as me,
    coalesce(has_perms_by_name(null, null, 'VIEW ANY DEFINITION'), 0)
      | coalesce(has_perms_by_name(null, null, 'VIEW ANY SECURITY DEFINITION'), 0) as allowed`;

export const principalsQuery = `
  select p.principal_id as id, p.name, rtrim(p.type) as type, p.type_desc, convert(varchar(172), p.sid, 1) as sid,
    cast(p.is_disabled as int) as disabled, cast(p.is_fixed_role as int) as fixed, p.default_database_name as database_name,
    cast(l.is_policy_checked as int) as policy, cast(l.is_expiration_checked as int) as expiration,
    cast(loginproperty(p.name, 'IsLocked') as int) as locked, cast(loginproperty(p.name, 'IsExpired') as int) as expired,
    cast(loginproperty(p.name, 'IsMustChange') as int) as must_change
  from sys.server_principals p left join sys.sql_logins l on l.principal_id = p.principal_id
  where p.type in ('S', 'U', 'G', 'E', 'X', 'R', 'C', 'K')`;

export const serverMembersQuery = `
  select role_principal_id as role, member_principal_id as member from sys.server_role_members`;

export const serverPermissionsQuery = `
  select p.grantee_principal_id as grantee, p.class, p.class_desc, p.permission_name as permission, rtrim(p.state) as state,
    case p.class when 101 then o.name when 105 then e.name end as name
  from sys.server_permissions p
    left join sys.server_principals o on p.class = 101 and o.principal_id = p.major_id
    left join sys.endpoints e on p.class = 105 and e.endpoint_id = p.major_id
  where p.state in ('G', 'W', 'D')`;

export const databasesQuery = `
  select name, state, coalesce(has_dbaccess(name), 0) as allowed, convert(varchar(172), owner_sid, 1) as owner
  from sys.databases order by name`;

export function databasePrincipalsQuery(database: string): string {
  return `
  select p.principal_id as id, p.name, rtrim(p.type) as type, convert(varchar(172), p.sid, 1) as sid,
    cast(p.is_fixed_role as int) as fixed, p.authentication_type_desc as authentication
  from ${catalog(database)}.database_principals p
  where p.type in ('S', 'U', 'G', 'E', 'X', 'R', 'C', 'K', 'A')`;
}

export function databaseMembersQuery(database: string): string {
  return `
  select role_principal_id as role, member_principal_id as member from ${catalog(database)}.database_role_members`;
}

export function databasePermissionsQuery(database: string): string {
  const sys = catalog(database);
  return `
  select p.grantee_principal_id as grantee, p.class, p.class_desc, p.permission_name as permission, rtrim(p.state) as state,
    coalesce(s.name, os.name, ts.name) as schema_name, coalesce(o.name, t.name) as name, rtrim(o.type) as object_type,
    c.name as column_name, u.name as principal_name, rtrim(u.type) as principal_type, p.major_id as major
  from ${sys}.database_permissions p
    left join ${sys}.schemas s on p.class = 3 and s.schema_id = p.major_id
    left join ${sys}.objects o on p.class = 1 and o.object_id = p.major_id
    left join ${sys}.schemas os on os.schema_id = o.schema_id
    left join ${sys}.columns c on p.class = 1 and p.minor_id > 0 and c.object_id = p.major_id and c.column_id = p.minor_id
    left join ${sys}.types t on p.class = 6 and t.user_type_id = p.major_id
    left join ${sys}.schemas ts on ts.schema_id = t.schema_id
    left join ${sys}.database_principals u on p.class = 4 and u.principal_id = p.major_id
  where p.state in ('G', 'W', 'D')`;
}

/** Three-part names: what is read belongs to this database, whichever is the connection's. */
function catalog(database: string): string {
  return `${bracketed(database)}.sys`;
}

/** An identifier as T-SQL quotes it. */
export function bracketed(name: string): string {
  return `[${name.replaceAll(']', ']]')}]`;
}
