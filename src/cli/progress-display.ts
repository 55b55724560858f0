import { MultiBar, type SingleBar } from 'cli-progress';

/** How many accounts of one system are done, failed, and wanted. */
export interface SystemProgress {
  readonly system: string;
  readonly done: number;
  readonly failed: number;
  readonly total: number;
}

/** Shows progress per system: bars on a terminal, a line per tenth elsewhere. */
export interface ProgressDisplay {
  show(systems: readonly SystemProgress[], etaSeconds: number | null): void;
  stop(): void;
}

/** Chooses by what stdout is. */
export function createProgressDisplay(output: NodeJS.WriteStream): ProgressDisplay {
  return output.isTTY ? createBars(output) : createLines(output);
}

function createBars(output: NodeJS.WriteStream): ProgressDisplay {
  const bars = new Map<string, SingleBar>();
  const multi = new MultiBar(
    {
      format: '  {system} \u001b[36m{bar}\u001b[0m {percentage}%  {value}/{total}  {note}',
      barCompleteChar: '█',
      barIncompleteChar: '░',
      barsize: 36,
      hideCursor: true,
      stream: output,
      clearOnComplete: false,
      forceRedraw: true,
    },
    undefined,
  );
  return {
    show(systems, etaSeconds) {
      for (const { system, done, failed, total } of systems) {
        const bar = bars.get(system) ?? multi.create(total, 0, { system: system.padEnd(7), note: '' });
        bars.set(system, bar);
        bar.setTotal(total);
        const eta = etaSeconds === null || done === total ? '' : `约 ${etaSeconds} s`;
        bar.update(done, { note: failed > 0 ? `\u001b[31m失败 ${failed}\u001b[0m` : eta });
      }
      multi.update();
    },
    stop: () => multi.stop(),
  };
}

function createLines(output: NodeJS.WriteStream): ProgressDisplay {
  let shown = '';
  return {
    show(systems) {
      const tenths = systems.map(({ done, total }) => Math.floor((10 * done) / Math.max(1, total))).join();
      if (tenths === shown) return;
      shown = tenths;
      const parts = systems.map(({ system, done, failed, total }) =>
        failed > 0 ? `${system} ${done}/${total} (失败 ${failed})` : `${system} ${done}/${total}`,
      );
      output.write(`  ${parts.join('   ')}\n`);
    },
    stop: () => {},
  };
}
