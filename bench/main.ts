import { parseArgs } from 'node:util';
import { measureAblation } from './ablation.ts';
import { Harness } from './harness.ts';
import { lineOf } from './measure.ts';
import { measures } from './measures/all.ts';
import { writeReport } from './report.ts';

// `npm run bench [-- NAME…]`: runs the named measures, all without names, and prints one JSON line per figure.
//   ablation NAME…  with and without a mechanism, turn by turn (bench/ablations.ts), instead of measures
//   --statements     the most expensive statements of each measure on stderr (pg_stat_statements)
//   --profiles DIR   a CPU profile of each measure's service
//   --tasks N        how many tasks the largest database of `growth` has; default 1,000,000
//   --calendars N    how many calendars the school of `calendar-full` and `calendar-noop` has; default 1,800
//   --markdown       takes the figures into docs/benchmarks.md; those of other measures stay

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    statements: { type: 'boolean', default: false },
    profiles: { type: 'string' },
    tasks: { type: 'string', default: '1000000' },
    calendars: { type: 'string', default: '1800' },
    markdown: { type: 'boolean', default: false },
  },
});
if (positionals[0] === 'ablation') {
  for (const name of positionals.slice(1)) await measureAblation(name, flags);
  process.exit(0);
}
const known = Object.keys(measures);
const unknown = positionals.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`There is no measure ${unknown.join(', ')}. Known: ${known.join(', ')}\n`);
  process.exit(2);
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(1));
const lines: Record<string, unknown>[] = [];
const harness = await Harness.start({
  statements: flags.statements,
  profiles: flags.profiles ?? null,
  tasks: Number(flags.tasks),
  calendars: Number(flags.calendars),
});
try {
  for (const [name, measure] of Object.entries(measures)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    for (const figure of await measure(harness)) {
      const line = lineOf(figure, harness.versions);
      process.stdout.write(`${JSON.stringify(line)}\n`);
      lines.push(line);
    }
    // After each measure: a bench that is ended early has kept what it found.
    if (flags.markdown) writeReport(lines);
  }
} finally {
  await harness.stop();
}
