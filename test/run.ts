import { parseCLI, startVitest, type TestModule, type TestSuite } from 'vitest/node';

/** `npm test`: every test, then one last line with the count; the exit status says the same. */

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
  /** Names of tests that passed only when they were tried again. */
  unsteady: string[];
}

const args = process.argv.slice(2);
const tally = await runTests(args).catch((error: unknown): Tally => {
  console.error(error);
  return { passed: 0, failed: 1, skipped: 0, unsteady: [] };
});
if (tally.passed + tally.failed === 0) {
  console.error(`No test ran${args.length === 0 ? '.' : ` for: ${args.join(' ')}`}`);
  tally.failed = 1;
}
for (const name of tally.unsteady) console.log(`passed only when tried again: ${name}`);
if (tally.skipped > 0) console.log(`${tally.skipped} skipped`);
// What a test or a library left open must neither keep us here nor follow the last line.
process.stdout.write(`${tally.passed} passed, ${tally.failed} failed\n`, () =>
  process.exit(tally.failed === 0 ? 0 : 1),
);

async function runTests(argv: readonly string[]): Promise<Tally> {
  const { filter, options } = parseCLI(['vitest', 'run', ...argv]);
  const vitest = await startVitest(filter, { ...options, watch: false });
  const total: Tally = {
    passed: 0,
    failed: vitest.state.getUnhandledErrors().length,
    skipped: 0,
    unsteady: [],
  };
  for (const testModule of vitest.state.getTestModules()) addModule(total, testModule);
  await vitest.close();
  return total;
}

/** A file that could not be read, or a hook that failed, is a failure of its own: its tests never ran. */
function addModule(tally: Tally, testModule: TestModule): void {
  const broken = [testModule, ...testModule.children.allSuites()].filter(hasErrors).length;
  let failedTests = 0;
  for (const test of testModule.children.allTests()) {
    const { state } = test.result();
    if (test.diagnostic()?.flaky === true) tally.unsteady.push(test.fullName);
    if (state === 'passed') tally.passed += 1;
    else if (state === 'skipped') tally.skipped += 1;
    else failedTests += 1;
  }
  // A worker that died leaves a file that is not ok and says nothing else.
  const silent = !testModule.ok() && broken + failedTests === 0 ? 1 : 0;
  tally.failed += broken + failedTests + silent;
}

function hasErrors(suite: TestModule | TestSuite): boolean {
  return suite.errors().length > 0;
}
