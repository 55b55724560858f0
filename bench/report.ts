import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { z } from 'zod';
import { ablations } from './ablations.ts';
import { type Goal, goals, meets } from './goals.ts';
import { limits } from './limits.ts';

const PAGE = 'docs/benchmarks.md';
/** The last figure of each name, as it was printed: the page is made of them. */
const LINES = 'docs/benchmarks.jsonl';

/** The last figure of each ablation. */
const ABLATIONS = 'docs/ablations.jsonl';

const lineSchema = z.looseObject({
  name: z.string(),
  value: z.number(),
  unit: z.string(),
  limit: z.number().nullable(),
  ratio: z.number().nullable(),
  cpuMsPerUnit: z.number().nullable(),
  versions: z.record(z.string(), z.string()),
  /** When and where it was measured. */
  measuredAt: z.iso.date(),
  machine: z.string(),
});
type Line = z.infer<typeof lineSchema>;

const sideSchema = z.object({ value: z.number().nullable(), ratio: z.number().nullable() });
const ablationSchema = z.object({
  ablation: z.string(),
  figure: z.string(),
  with: sideSchema,
  without: sideSchema,
  rounds: z.number(),
});
type AblationLine = z.infer<typeof ablationSchema>;

/** Takes these figures into the page; those of other measures stay as they were. */
export function writeReport(measured: readonly Readonly<Record<string, unknown>>[]): void {
  const measuredAt = new Date().toISOString().slice(0, 10);
  const machine = machineOf();
  const kept = new Map(readLines(LINES, lineSchema).map((line) => [line.name, line]));
  for (const figure of measured) {
    const line = lineSchema.parse({ ...figure, measuredAt, machine });
    kept.set(line.name, line);
  }
  const lines = [...kept.values()].toSorted((a, b) => placeOf(a.name) - placeOf(b.name));
  writeFileSync(LINES, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  writeFileSync(PAGE, pageOf(lines));
}

/** Takes the figures of an ablation into the page. */
export function writeAblation(measured: readonly AblationLine[]): void {
  const keyOf = ({ ablation, figure }: AblationLine) => `${ablation} ${figure}`;
  const kept = new Map(readLines(ABLATIONS, ablationSchema).map((line) => [keyOf(line), line]));
  for (const line of measured) kept.set(keyOf(line), line);
  writeFileSync(ABLATIONS, [...kept.values()].map((line) => `${JSON.stringify(line)}\n`).join(''));
  writeReport([]);
}

function readLines<T>(file: string, schema: z.ZodType<T>): T[] {
  const texts = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  return texts.filter((text) => text !== '').map((text) => schema.parse(JSON.parse(text)));
}

/** In the order of the contract; a figure that explains another stands behind it. */
function placeOf(name: string): number {
  const names = Object.keys(goals);
  const exact = names.indexOf(name);
  if (exact >= 0) return exact;
  const more = names.findIndex((known) => name.startsWith(known));
  const kin = more >= 0 ? more : names.findIndex((known) => name.startsWith(known.replace(/-[^-]*$/, '')));
  return kin < 0 ? names.length : kin + 0.5;
}

function pageOf(lines: readonly Line[]): string {
  const versions = Object.entries(lines.at(-1)?.versions ?? {}).map(
    ([what, version]) => `${what} ${version}`,
  );
  const machines = [...new Set(lines.map(({ machine, measuredAt }) => `${machine}, ${measuredAt}`))];
  return `# Benchmarks

Written by \`npm run bench -- --markdown\`; the lines behind it are in [benchmarks.jsonl](benchmarks.jsonl). Each figure is
divided by its limit: the simplest program that does the same on the same machine, in the same run, turn by turn. Ratios
hold where absolute figures move with the machine. What each measure does stands at its head in \`bench/measures/\`.

Measured on: ${machines.join('; ')}; ${versions.join(', ')}. The load, the service, Postgres and the limit share
the processors.

| figure | value | limit | ratio | goal | met | CPU per unit |
|---|---|---|---|---|---|---|
${lines.map(rowOf).join('\n')}

Peers (\`postgraphile\`, \`graphile-worker\`) are measured in the same rounds where \`npm ci --prefix bench\` has installed
them. They do less: no authentication, no rate limits and no masking in the reads; no record of attempts in the drain.

## What each mechanism buys

Mechanisms that exist for speed, each taken out of a copy of the program and measured beside it, turn by turn
(\`npm run bench -- ablation NAME --markdown\`). Ratios are of the limit. Fewer than three rounds, or a machine that was
busy with other work, make a figure a hint.

| mechanism | lines | figure | with | without | rounds |
|---|---|---|---|---|---|
${Object.keys(ablations).flatMap(ablationRows).join('\n')}

## What limits each

${Object.entries(limits)
  .map(([name, text]) => `- \`${name}\`: ${text}`)
  .join('\n')}
`;
}

function ablationRows(name: string): string[] {
  const known = ablations[name];
  const measured = readLines(ABLATIONS, ablationSchema).filter(({ ablation }) => ablation === name);
  const rows = measured.length === 0 ? ['not measured | | | '] : measured.map(cellsOf);
  return rows.map((cells) => `| ${known?.what} (\`${name}\`) | ${known?.lines} | ${cells} |`);
}

function cellsOf({ figure, with: kept, without, rounds }: AblationLine): string {
  const relative = goals[figure]?.of === 'ratio';
  const textOf = (side: AblationLine['with']) => (relative ? `${side.ratio} ×` : String(side.value));
  return `\`${figure}\` | ${textOf(kept)} | ${textOf(without)} | ${rounds}`;
}

function rowOf(line: Line): string {
  const { name, value, unit, limit, ratio, cpuMsPerUnit } = line;
  const goal = goals[name];
  const met = meets(name, line);
  const cells = [
    `\`${name}\``,
    `${value} ${unit}`,
    limit === null ? '' : String(limit),
    ratio === null ? '' : String(ratio),
    goal === undefined ? '' : textOf(goal),
    met === null ? '' : met ? 'yes' : '**no**',
    cpuMsPerUnit === null ? '' : `${cpuMsPerUnit} ms`,
  ];
  return `| ${cells.join(' | ')} |`;
}

function textOf({ atLeast, atMost, of }: Goal): string {
  const bound = atLeast === undefined ? `≤ ${atMost}` : `≥ ${atLeast}`;
  return of === 'ratio' ? `${bound} ×` : bound;
}

function machineOf(): string {
  const [first] = cpus();
  return `${cpus().length} × ${first?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GB, Linux ${release()}`;
}
