import type { DatabaseConnectors } from './contract/database-connector.ts';
import { mysqlConnector } from './mysql/connector.ts';
import { createOracleConnector } from './oracle/connector.ts';
import { postgresqlConnector } from './postgresql/connector.ts';
import { createSqlserverConnector } from './sqlserver/connector.ts';

/** The connector of every engine. */
export const databaseConnectors: DatabaseConnectors = {
  MYSQL: mysqlConnector,
  POSTGRESQL: postgresqlConnector,
  SQLSERVER: createSqlserverConnector(),
  ORACLE: createOracleConnector(),
};
