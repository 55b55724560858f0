import type { Say } from './locale.ts';
import { UsageError } from './usage-error.ts';

const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A moment: `24h`, `30m`, `7d` ago, or as written (`2026-11-22T08:00:00+08:00`). @throws UsageError for anything else. */
export function momentOf(text: string, nowMs: number, say: Say): string {
  const [, count, unit = ''] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  const atMs = count === undefined ? Date.parse(text) : nowMs - Number(count) * (UNIT_MS[unit] ?? 0);
  if (!Number.isNaN(atMs)) return new Date(atMs).toISOString();
  throw new UsageError(
    say(
      `${text} 不是时间；应如 24h、7d 或 2026-11-22T08:00:00+08:00。`,
      `${text} is no moment; expected one like 24h, 7d or 2026-11-22T08:00:00+08:00.`,
    ),
  );
}
