import { PgBoss } from 'pg-boss';
import { checkServer } from './database/check-server.ts';
import { startEmbeddedPostgres } from './database/embedded-postgres.ts';
import { migrate } from './database/migrate.ts';
import { createOrm } from './database/orm.ts';
import { connectionTo } from './database/primary.ts';
import { SESSION_OPTIONS } from './entities/session.ts';
import { EnvError, parseEnv, processEnvironment, variableNames } from './environment/env.ts';
import { readVariableFiles } from './environment/variable-files.ts';
import { upstreamDefinitions } from './integrations/registry.ts';

// Applies what is missing, for the rows and for the job queue, and exits.
try {
  // Nothing listens here, so no key is demanded.
  const given = readVariableFiles(processEnvironment(), variableNames(upstreamDefinitions));
  const env = parseEnv({ ...given, ROLE: 'worker' }, upstreamDefinitions);
  const embedded = env.databaseUrl === null ? await startEmbeddedPostgres({ dataDir: env.dataDir }) : null;
  const url = env.databaseDirectUrl ?? env.databaseUrl ?? embedded?.url ?? '';
  await checkServer(url, null);
  const orm = await createOrm({ url, poolSize: 2 });
  const applied = await migrate(orm, url);
  await orm.close(true);
  const boss = new PgBoss({
    ...connectionTo(url),
    options: SESSION_OPTIONS,
    max: 1,
    supervise: false,
    schedule: false,
  });
  boss.on('error', (error) => process.stderr.write(`${error.message}\n`));
  await boss.start();
  await boss.stop({ graceful: false });
  await embedded?.stop();
  process.stdout.write(applied.length === 0 ? 'Nothing to migrate.\n' : `Applied: ${applied.join(', ')}\n`);
} catch (error) {
  process.stderr.write(
    error instanceof EnvError ? `${error.message}\n` : `Cannot migrate: ${String(error)}\n`,
  );
  process.exitCode = 1;
}
