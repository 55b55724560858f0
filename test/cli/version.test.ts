import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import product from '../../package.json' with { type: 'json' };
import { runProgram } from '../setup/run-program.ts';

test('the command line says which version it is', async () => {
  const program = fileURLToPath(new URL('../../src/accountsync.ts', import.meta.url));
  expect(await runProgram(program, ['--version'], {})).toMatchObject({
    status: 0,
    out: `${product.version}\n`,
  });
});
