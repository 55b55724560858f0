import type { Command } from 'commander';
import type { DatabaseAccountFilter } from '../../../../clients/typescript/src/accountsync-client.ts';
import { take } from '../../arguments/take.ts';
import { table } from '../../terminal/columns.ts';
import { exitStatus } from '../../terminal/exit-status.ts';
import type { Terminal } from '../../terminal/terminal.ts';

/** User errors are printed here, not thrown. */
const asked = { throwOnUserErrors: false };
const SHOWN = 100;

/** `databases accounts | who-can | changes | classify`: what was read. */
export function addQuestions(databases: Command, terminal: Terminal): void {
  const { client, print, say, time, report } = terminal;
  databases
    .command('accounts <instance>')
    .description(say('实例的账号', 'accounts of an instance'))
    .option('--privileged', say('只列特权账号', 'only SUPERUSER and GRANT_ADMIN'))
    .option('--search <text>', say('名称包含', 'with this text in the name'))
    .action(async (instance: string, flags: { readonly privileged?: boolean; readonly search?: string }) => {
      const filter: DatabaseAccountFilter = {
        instance: [instance],
        state: ['ACTIVE'],
        ...(flags.privileged === true && { capability: ['SUPERUSER', 'GRANT_ADMIN'] }),
        ...(flags.search !== undefined && { search: flags.search }),
      };
      const accounts = await take(client().databaseAccounts(filter), Number.MAX_SAFE_INTEGER);
      if (accounts.length === 0 && !(await isRegistered(instance, terminal))) return;
      const rows = accounts.map((one) => [
        one.displayName,
        one.isRole ? 'ROLE' : one.isSystem ? 'SYSTEM' : '',
        one.capabilities.join(','),
        one.effectiveRoles.join(','),
        one.person?.employeeNumber ?? one.personMatch,
        one.classifications.map(({ code }) => code).join(','),
        one.id,
      ]);
      print(accounts, table(rows));
    });
  databases
    .command('who-can <instance> <privilege> [scope] [object]')
    .description(say('谁能在那里做这件事', 'who may do this there, and by what way'))
    .action(async (instance: string, privilege: string, scope?: string, object?: string) => {
      const rights = await take(
        client().whoCan({ instance, privilege, scope, object }),
        Number.MAX_SAFE_INTEGER,
      );
      if (rights.length === 0 && !(await isRegistered(instance, terminal))) return;
      const rows = rights.map((row) => [
        row.account.displayName,
        row.privilege,
        row.scope,
        row.object ?? '*',
        row.via.length === 0 ? '' : `via ${row.via.join(' > ')}`,
      ]);
      print(rights, table(rows));
    });
  databases
    .command('changes [instance]')
    .description(say('变更记录，最新在前', 'the change log, newest first'))
    .option('--first <count>', say('多少条', 'how many'), Number, SHOWN)
    .action(async (instance: string | undefined, { first }: { readonly first: number }) => {
      const filter = instance === undefined ? {} : { instance: [instance] };
      const changes = await take(client().databaseAccountChanges(filter), first);
      const rows = changes.map((one) => [time(one.at), one.account.instance.name, one.kind, one.message]);
      print(changes, table(rows));
    });
  databases
    .command('classify <account-id>')
    .description(
      say(
        '手工分类账号（编号见 accounts 的最后一列）',
        'put an account into classes or take it out by hand; `accounts` shows its id',
      ),
    )
    .option('--add <code...>', say('加入', 'put into'))
    .option('--remove <code...>', say('移出', 'take out of'))
    .action(async (accountId: string, flags: { readonly add?: string[]; readonly remove?: string[] }) => {
      const { account, userErrors } = await client().classifyDatabaseAccount({ accountId, ...flags }, asked);
      report(userErrors);
      const codes = account?.classifications.map(({ code }) => code).join(',') ?? '';
      print({ account, userErrors }, account === null ? '' : table([[account.displayName, codes]]));
    });
}

/** Says so when no instance has this name: of one that is not there, nothing is no answer. */
async function isRegistered(name: string, { client, say, note, end }: Terminal): Promise<boolean> {
  for await (const instance of client().databaseInstances({ search: name }))
    if (instance.name === name) return true;
  note(say(`没有名为 ${name} 的数据库实例。`, `There is no database instance named ${name}.`));
  end(exitStatus.failed);
  return false;
}
