import type { Command } from 'commander';
import { table } from '../terminal/columns.ts';
import { exitStatus } from '../terminal/exit-status.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** `rotate-secrets`. */
export function addSecretCommands(program: Command, terminal: Terminal): void {
  const { client, print, report, end, say } = terminal;
  program
    .command('rotate-secrets')
    .description(
      say(
        '把保存的密钥改由当前主密钥（SECRETS_KEY）加密；每次启动也会自动进行',
        'encrypt stored secrets with the current master key (SECRETS_KEY), as every start does too',
      ),
    )
    .action(async () => {
      const call = () => client().rotateSecrets({ throwOnUserErrors: false });
      let answer = await call();
      // A call takes some thousands at most.
      for (let last = answer; last.renewed > 0; answer = { ...last, renewed: answer.renewed + last.renewed })
        last = await call();
      report(answer.userErrors);
      const { keyId, renewed, counts } = answer;
      if (counts.some(({ readable }) => !readable)) end(exitStatus.failed);
      const rows = counts.map((one) => [
        one.keyId ?? say('明文', 'plain text'),
        String(one.count),
        one.keyId === keyId ? say('当前主密钥', 'current key') : '',
        one.readable ? '' : say('服务没有此主密钥', 'the service does not have this key'),
      ]);
      print(answer, say(`${renewed} 个已重新加密\n`, `${renewed} encrypted anew\n`) + table(rows));
    });
}
