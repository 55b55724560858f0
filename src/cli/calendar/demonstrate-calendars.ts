import type { AccountSyncClient, Run } from '../../../clients/typescript/src/accountsync-client.ts';
import { sayIn } from '../arguments/locale.ts';
import { watchRun } from '../terminal/watch-run.ts';

const TERM = '2024-2025-2';

/** A school's first day: a dry run, a full run with its stages live, a day of changes, and the report. */
export async function demonstrateCalendars(options: {
  readonly client: AccountSyncClient;
  readonly output: NodeJS.WriteStream;
  /** Lets a day pass at the made-up school. */
  readonly changeTimetable: () => Promise<object> | null;
}): Promise<boolean> {
  const { client, output, changeTimetable } = options;
  const run = async (kind: 'FULL' | 'INCREMENTAL', mode: 'RUN' | 'DRY_RUN'): Promise<Run> => {
    const started = await client.startCalendarSync({ term: TERM, kind, mode, userType: 'ALL' });
    if (started.run === null) throw new Error('The run could not be started.');
    output.write(`\n  ${kind} ${mode}  ${started.run.runId}\n\n`);
    return await watchRun({ client, runId: started.run.runId, output, say: sayIn('zh-CN') });
  };
  await run('FULL', 'DRY_RUN');
  const full = await run('FULL', 'RUN');
  output.write(`\n  学校的一天 A day at school：${JSON.stringify(await changeTimetable())}\n`);
  const incremental = await run('INCREMENTAL', 'RUN');
  for (const { runId } of [full, incremental])
    output.write(`\n${(await client.runReport(runId, 'MARKDOWN')) ?? ''}\n`);
  return [full, incremental].every(({ status }) => status.startsWith('COMPLETED'));
}
