import { Facts, Json } from '../../parts/facts.tsx';

/** The counts of a run in one line; what is no number or text is shown with the run itself. */
export function SummaryLine({
  of,
  error,
}: {
  readonly of: unknown;
  readonly error?: string | null | undefined;
}) {
  const facts = Object.entries(Object(of)).filter(([, value]) =>
    ['number', 'string', 'boolean'].includes(typeof value),
  );
  return (
    <span className="cut">
      {error && <span>{error} </span>}
      {facts.map(([name, value]) => `${name} ${value}`).join(' · ') || (error ? '' : '–')}
    </span>
  );
}

/** The whole summary of a run: its counts by name, and what has parts as it is. */
export function Summary({ of }: { readonly of: unknown }) {
  const entries = Object.entries(Object(of)).filter(([, value]) => value !== null);
  const isFlat = ([, value]: readonly [string, unknown]) => typeof value !== 'object';
  const nested = entries.filter((entry) => !isFlat(entry));
  return (
    <>
      {entries.length === 0 && '–'}
      <Facts of={entries.filter(isFlat).map(([name, value]) => [name, String(value)])} />
      {nested.length > 0 && <Json value={Object.fromEntries(nested)} />}
    </>
  );
}
