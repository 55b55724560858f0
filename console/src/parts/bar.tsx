import { usePreferences } from '../frame/preferences.tsx';
import { type WordSet, wordOf } from '../text/words.ts';

interface Part {
  readonly status: string;
  readonly count: number;
}

/** Parts of a whole, by state: a picture, and the same in words. */
export function StateBar({
  of,
  parts,
  label,
}: {
  readonly of: WordSet;
  readonly parts: readonly Part[];
  readonly label: string;
}) {
  const { language } = usePreferences();
  const shown = parts.filter(({ count }) => count > 0);
  const total = shown.reduce((sum, { count }) => sum + count, 0);
  const said = shown.map(({ status, count }) => `${wordOf(of, status, language).text} ${count}`);
  return (
    <div
      className="bar"
      role="img"
      aria-label={`${label}: ${said.join(', ') || '0'}`}
      title={said.join(' · ')}
    >
      {shown.map(({ status, count }) => (
        <span
          key={status}
          className={`tone-${wordOf(of, status, language).tone}`}
          style={{ width: `${(count / total) * 100}%` }}
        />
      ))}
    </div>
  );
}

/** Legend of a bar's colours, with the counts. */
export function Legend({ of, parts }: { readonly of: WordSet; readonly parts: readonly Part[] }) {
  const { language } = usePreferences();
  return (
    <div className="legend">
      {parts
        .filter(({ count }) => count > 0)
        .map(({ status, count }) => {
          const { text, tone } = wordOf(of, status, language);
          return (
            <span key={status}>
              <i className={`tone-${tone}`} aria-hidden />
              {text} {count}
            </span>
          );
        })}
    </div>
  );
}

/** Sums counts over everything but their status. */
export function byStatus(counts: readonly Part[]): readonly Part[] {
  const sums = new Map<string, number>();
  for (const { status, count } of counts) sums.set(status, (sums.get(status) ?? 0) + count);
  return [...sums].map(([status, count]) => ({ status, count }));
}
