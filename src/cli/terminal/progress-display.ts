import { MultiBar, type SingleBar } from 'cli-progress';
import type { Say } from '../arguments/locale.ts';
import { pad } from './columns.ts';

/** How much of one thing is done: accounts of a system, pages of a sync. */
export interface Part {
  readonly name: string;
  readonly done: number;
  readonly failed: number;
  /** Null while unknown. */
  readonly total: number | null;
}

/** Shows progress: a bar per part on a terminal, a line per tenth elsewhere. */
export interface ProgressDisplay {
  show(parts: readonly Part[], etaSeconds: number | null): void;
  stop(): void;
}

const NAME_COLUMNS = 8;

/** Chooses by what the output is. */
export function createProgressDisplay(output: NodeJS.WriteStream, say: Say): ProgressDisplay {
  return output.isTTY ? createBars(output, say) : createLines(output, say);
}

function createBars(output: NodeJS.WriteStream, say: Say): ProgressDisplay {
  const bars = new Map<string, SingleBar>();
  const multi = new MultiBar(
    {
      format: '  {name}\u001b[36m{bar}\u001b[0m {percentage}%  {value}/{total}  {note}',
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
    show(parts, etaSeconds) {
      for (const { name, done, failed, total } of parts) {
        // A bar of an unknown length stands at its start: what is done counts, but nothing says of how much.
        const length = total ?? Math.max(1, done * 2);
        const bar = bars.get(name) ?? multi.create(length, 0, { name: pad(name, NAME_COLUMNS), note: '' });
        bars.set(name, bar);
        bar.setTotal(length);
        const eta =
          etaSeconds === null || done === total ? '' : say(`约 ${etaSeconds} s`, `~ ${etaSeconds} s`);
        const failures = `\u001b[31m${say('失败', 'failed')} ${failed}\u001b[0m`;
        bar.update(done, { note: failed > 0 ? failures : eta });
      }
      multi.update();
    },
    stop: () => multi.stop(),
  };
}

function createLines(output: NodeJS.WriteStream, say: Say): ProgressDisplay {
  let shown = '';
  return {
    show(parts) {
      const tenths = parts.map(tenthOf).join();
      if (tenths === shown) return;
      shown = tenths;
      const words = parts.map(({ name, done, failed, total }) => {
        const counts = `${name} ${done}/${total ?? '?'}`;
        return failed > 0 ? `${counts} (${say('失败', 'failed')} ${failed})` : counts;
      });
      output.write(`  ${words.join('   ')}\n`);
    },
    stop: () => {},
  };
}

/** The tenth of the work that is done; with an unknown total, every tenth item counts. */
function tenthOf({ done, total }: Part): number {
  return Math.floor(total === null ? done / 10 : (10 * done) / Math.max(1, total));
}
