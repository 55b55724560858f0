import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { ablations, type Replacement } from './ablations.ts';
import { writeAblation } from './report.ts';

const run = promisify(execFile);
const ROUNDS = 3;
/** What a copy does not have: modules are linked, the rest is of no use to a program. */
const LEFT_OUT = new Set(['node_modules', '.git', '.accountsync', 'docs']);

const figureSchema = z.looseObject({ name: z.string(), value: z.number(), ratio: z.number().nullable() });
type Figure = z.infer<typeof figureSchema>;

/**
 * Measures with and without a mechanism, turn by turn: a copy of the program in which it is taken out, beside the
 * program as it is. Prints one line per figure after each round, with the median of the rounds so far.
 */
export async function measureAblation(
  ablation: string,
  options: { readonly markdown: boolean },
): Promise<void> {
  const known = ablations[ablation];
  if (known === undefined)
    throw new Error(`There is no ablation ${ablation}. Known: ${Object.keys(ablations).join(', ')}`);
  const copy = copyWithout(known.replacements);
  try {
    const taken = { with: new Map<string, Figure[]>(), without: new Map<string, Figure[]>() };
    for (let round = 1; round <= ROUNDS; round += 1) {
      for (const [side, folder] of [['with', resolve('.')] as const, ['without', copy] as const])
        for (const figure of await figuresOf(folder, known.measures)) {
          taken[side].set(figure.name, [...(taken[side].get(figure.name) ?? []), figure]);
        }
      // After each round: one that is ended early has kept what it found.
      const lines = [...taken.with].map(([figure, ofWith]) => ({
        ablation,
        figure,
        with: medianOf(ofWith),
        without: medianOf(taken.without.get(figure) ?? []),
        rounds: round,
      }));
      for (const line of lines) process.stdout.write(`${JSON.stringify(line)}\n`);
      if (options.markdown) writeAblation(lines);
    }
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function copyWithout(replacements: readonly Replacement[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'ablation-'));
  for (const path of readdirSync('.'))
    if (!LEFT_OUT.has(path)) cpSync(path, join(folder, path), { recursive: true });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  for (const { file, text, by } of replacements) {
    const parts = readFileSync(join(folder, file), 'utf8').split(text);
    if (parts.length !== 2) throw new Error(`${file} has not once what stands for the mechanism: ${text}`);
    writeFileSync(join(folder, file), parts.join(by));
  }
  return folder;
}

async function figuresOf(folder: string, measures: readonly string[]): Promise<Figure[]> {
  const { stdout } = await run(process.execPath, ['bench/main.ts', ...measures], { cwd: folder });
  const lines = stdout.split('\n').filter((line) => line.startsWith('{'));
  return lines.map((line) => figureSchema.parse(JSON.parse(line)));
}

function medianOf(figures: readonly Figure[]): {
  readonly value: number | null;
  readonly ratio: number | null;
} {
  const middle = (values: readonly number[]) =>
    values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? null;
  return {
    value: middle(figures.map(({ value }) => value)),
    ratio: middle(figures.flatMap(({ ratio }) => ratio ?? [])),
  };
}
