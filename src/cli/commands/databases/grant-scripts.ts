/** The grants that a reader of a catalog needs, and no more, by engine. Each script runs as it stands. */
export const grantScripts = {
  mysql: `-- MySQL 5.7 and later, MariaDB 10.4 and later: accounts and grants stand in the tables of mysql.
-- Run as an administrator; replace the password. Limit the host if the service has a fixed address.
CREATE USER 'accountsync'@'%' IDENTIFIED BY 'replace-this-password-1A!';
GRANT SELECT ON \`mysql\`.* TO 'accountsync'@'%';
`,
  postgresql: `-- PostgreSQL 12 and later: the catalog is open to every role that may connect.
-- Run as an administrator in the database postgres; replace the password.
CREATE ROLE accountsync LOGIN PASSWORD 'replace-this-password-1A!';
GRANT CONNECT ON DATABASE postgres TO accountsync;
-- Databases whose CONNECT was taken from PUBLIC are granted one by one:
-- GRANT CONNECT ON DATABASE shop TO accountsync;
-- pg_hba.conf must let this role into every database.
`,
  sqlserver: `-- SQL Server 2014 and later: without VIEW ANY DEFINITION the server leaves out other people's rows unasked.
-- Run as an administrator in master; replace the password.
CREATE LOGIN accountsync WITH PASSWORD = 'replace-this-password-1A!';
GRANT VIEW ANY DEFINITION TO accountsync;
GRANT CONNECT ANY DATABASE TO accountsync;
`,
  oracle: `-- Oracle 12.1 and later; in a container database run this in each pluggable database that is read.
-- Run as an administrator; replace the password.
CREATE USER accountsync IDENTIFIED BY "replace-this-password-1A!";
GRANT CREATE SESSION TO accountsync;
GRANT SELECT ON SYS.DBA_USERS TO accountsync;
GRANT SELECT ON SYS.DBA_ROLES TO accountsync;
GRANT SELECT ON SYS.DBA_ROLE_PRIVS TO accountsync;
GRANT SELECT ON SYS.DBA_SYS_PRIVS TO accountsync;
GRANT SELECT ON SYS.DBA_TAB_PRIVS TO accountsync;
GRANT SELECT ON SYS.DBA_COL_PRIVS TO accountsync;
GRANT SELECT ON SYS.DBA_TS_QUOTAS TO accountsync;
GRANT SELECT ON SYS.V_$PWFILE_USERS TO accountsync;
`,
} as const;

export type GrantedEngine = keyof typeof grantScripts;

/** The engines of scripts, as the command line takes them. */
export const grantedEngines = [
  'mysql',
  'postgresql',
  'sqlserver',
  'oracle',
] as const satisfies readonly GrantedEngine[];
