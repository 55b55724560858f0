import type { ReactNode } from 'react';

/** A text that may be long, in a row of a table: its first lines, and the whole of it on focus. */
export function Lines({ children }: { readonly children: ReactNode }) {
  return (
    <div className="explain">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is cut must be reached by the keyboard */}
      <div className="lines" tabIndex={0}>
        {children}
      </div>
    </div>
  );
}
