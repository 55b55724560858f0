import type { AccountSyncClient } from '../../clients/typescript/src/accountsync-client.ts';
import { take } from '../cli/arguments/take.ts';
import { table } from '../cli/terminal/columns.ts';
import { watchRun } from '../cli/terminal/watch-run.ts';
import { populationChanges } from '../sandbox/databases/population.ts';
import { PLAYED_INSTANCE, populate } from './played-databases.ts';

const CHANGES_SHOWN = 30;

/** Reads the populated server, changes some grants there, reads it again, and shows what differs and who can do what. */
export async function demoDatabases(options: {
  readonly client: AccountSyncClient;
  /** Of the embedded Postgres, as its superuser. */
  readonly serverUrl: string;
  readonly output: NodeJS.WriteStream;
  readonly say: (zh: string, en: string) => string;
}): Promise<boolean> {
  const { client, serverUrl, output, say } = options;
  const question = { instance: PLAYED_INSTANCE, privilege: 'INSERT', scope: 'shop', object: 'sales.orders' };
  const sync = async () => {
    const { run } = await client.startDatabaseSync({
      type: 'MANUAL_SINGLE',
      mode: 'RUN',
      instances: [PLAYED_INSTANCE],
    });
    if (run === null) throw new Error(`${PLAYED_INSTANCE} could not be read.`);
    return watchRun({ client, runId: run.runId, output, say });
  };
  const tell = async (title: string) => {
    const rights = await take(client.whoCan(question), CHANGES_SHOWN);
    const rows = rights.map(({ account, privilege, via }) => [
      account.displayName,
      privilege,
      via.length === 0 ? '' : `via ${via.join(' > ')}`,
    ]);
    output.write(`\n  ${title}\n${table(rows)}\n`);
  };
  const first = await sync();
  await tell('谁能写 shop 库 sales.orders / who can INSERT into sales.orders of shop');
  output.write('\n  在服务器上改动授权 … changing grants at the server …\n\n');
  await populate(serverUrl, populationChanges);
  const second = await sync();
  const changes = await take(
    client.databaseAccountChanges({ instance: [PLAYED_INSTANCE], runId: second.runId }),
    CHANGES_SHOWN,
  );
  output.write(
    `\n  变更记录 change log of ${second.runId}\n${table(changes.map(({ kind, message }) => [kind, message]))}\n`,
  );
  await tell('现在谁能写 / who can INSERT now');
  return first.status === 'COMPLETED' && second.status === 'COMPLETED';
}
