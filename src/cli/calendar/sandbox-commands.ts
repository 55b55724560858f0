import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { UsageError } from '../arguments/usage-error.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** File with the address of the sandbox's control, in the data directory of the service that plays it. */
const ADDRESS_FILE = 'sandbox-control';

/** `sandbox timetable-change`: a day at the made-up school. */
export function addSandboxCommands(
  program: Command,
  { print, say }: Terminal,
  environment: Readonly<Record<string, string | undefined>>,
): void {
  const sandbox = program
    .command('sandbox')
    .description(say('沙箱：模拟的外部系统', 'the sandbox: the systems that are played'));
  sandbox
    .command('timetable-change')
    .description(
      say(
        '让模拟学校的课表变化一天：换教室、停课、改名、退课、选课',
        'a day at the made-up school: a room, a cancelled lesson, a new name, students who leave and join',
      ),
    )
    .action(async () => {
      const file = join(environment['DATA_DIR'] || '.accountsync', ADDRESS_FILE);
      if (!existsSync(file))
        throw new UsageError(
          say(`本目录没有运行中的沙箱（${file}）。`, `No sandbox was started from here (${file}).`),
        );
      const address = readFileSync(file, 'utf8').trim();
      const answer = await fetch(`${address}/__sandbox/timetable-change`, { method: 'POST' });
      const body: unknown = await answer.json();
      if (!answer.ok) throw new UsageError(JSON.stringify(body));
      print(body, `${JSON.stringify(body, null, 2)}\n`);
    });
}
