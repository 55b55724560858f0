import { Json } from '../../parts/facts.tsx';

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

/** The whole summary of a run. */
export function Summary({ of }: { readonly of: unknown }) {
  return <Json value={of} />;
}
