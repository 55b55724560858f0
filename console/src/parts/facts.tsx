import type { ReactNode } from 'react';

/** Names and values of one thing; a value of `null` is left out. */
export function Facts({ of }: { readonly of: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="facts">
      {of
        .filter(([, value]) => value !== null && value !== undefined)
        .map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** A JSON value of the API. */
export function Json({ value }: { readonly value: unknown }) {
  if (value === null || value === undefined) return <>–</>;
  if (typeof value !== 'object') return <code>{String(value)}</code>;
  // A region that scrolls can be reached by the keyboard.
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <pre className="json" tabIndex={0}>
      {JSON.stringify(value, null, 2)}
    </pre>
  );
}
