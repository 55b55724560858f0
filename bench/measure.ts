import type { Harness } from './harness.ts';

/** One line of the report. */
export interface Figure {
  readonly name: string;
  readonly unit: string;
  /** One per round, in the order they were taken. */
  readonly values: readonly number[];
  /** Figures of the simplest program that does the same, from the same rounds; null: there is none. */
  readonly limits: readonly number[] | null;
  /** CPU of service and Postgres per unit of work; null where it was not taken. */
  readonly cpuMsPerUnit: number | null;
  /** The same for the limit, where both are programs: steady even when the machine is busy. */
  readonly limitCpuMsPerUnit?: number;
}

/** Brings its own database, service and upstream out of the harness, and leaves nothing behind. */
export type Measure = (harness: Harness) => Promise<readonly Figure[]>;

/** Rounds of measure and limit, turn by turn, so that a busy minute of the machine hits both. */
export async function interleave(options: {
  readonly rounds: number;
  readonly ours: () => Promise<number>;
  readonly limit: () => Promise<number>;
  /** Another project's program that does the same, in the same rounds. */
  readonly peer?: () => Promise<number>;
}): Promise<{ readonly values: number[]; readonly limits: number[]; readonly peers: number[] }> {
  const values: number[] = [];
  const limits: number[] = [];
  const peers: number[] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    limits.push(await options.limit());
    values.push(await options.ours());
    if (options.peer !== undefined) peers.push(await options.peer());
  }
  return { values, limits, peers };
}

/** The line as it is printed: medians, and the ratio as the median of the rounds' own ratios. */
export function lineOf(figure: Figure, versions: Readonly<Record<string, string>>): Record<string, unknown> {
  const { name, unit, values, limits, cpuMsPerUnit, limitCpuMsPerUnit } = figure;
  const ratios = limits?.map((limit, round) => (values[round] ?? Number.NaN) / limit) ?? null;
  const sorted = values.toSorted((a, b) => a - b);
  return {
    name,
    value: rounded(quantile(values, 0.5)),
    unit,
    limit: limits === null ? null : rounded(quantile(limits, 0.5)),
    ratio: ratios === null ? null : rounded(quantile(ratios, 0.5)),
    cpuMsPerUnit: cpuMsPerUnit === null ? null : rounded(cpuMsPerUnit),
    ...(limitCpuMsPerUnit !== undefined && { limitCpuMsPerUnit: rounded(limitCpuMsPerUnit) }),
    rounds: [sorted[0], quantile(values, 0.5), sorted.at(-1)].map((value) => rounded(value ?? Number.NaN)),
    versions,
  };
}

/** The value below which this share of the sample lies. */
export function quantile(sample: readonly number[], share: number): number {
  const sorted = sample.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
