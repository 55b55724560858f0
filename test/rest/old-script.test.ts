import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { API_KEY, ApiBench } from '../setup/api.ts';

const run = promisify(execFile);

test('a script of the first system works with another address and a key in it', async ({ skip }) => {
  const python = await run('python3', ['--version']).catch(() => null);
  if (python === null) return skip('python3 is not installed');
  const bench = await ApiBench.start({ hrPeople: 20 });
  try {
    const address = bench.url.replace('//', `//oa:${API_KEY}@`).replace('/graphql', '');
    const { stdout } = await run('python3', [join(import.meta.dirname, 'old_caller.py'), address]);
    expect(JSON.parse(stdout)).toEqual({
      mapped: true,
      created: true,
      request: ['completed', '100.0%', '张三'],
      stats: true,
      tasks: [
        ['email', 'completed'],
        ['idaas', 'completed'],
        ['welink', 'completed'],
      ],
      logs: 0,
      accounts: [true, true, true],
      runs: [
        [200, 'success'],
        [200, 'success'],
        [200, 'success'],
      ],
      refused: [400, ['phoneNumber']],
    });
  } finally {
    await bench.stop();
  }
});
