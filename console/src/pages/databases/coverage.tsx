import type { CoverageRowFragment } from '../../api/generated/graphql.ts';
import { useSay } from '../../frame/preferences.tsx';

/** Categories that our credential may not read, and the grants that would help. */
export function Coverage({ of }: { readonly of: readonly CoverageRowFragment[] }) {
  const say = useSay();
  const missing = of.filter(({ status }) => status !== 'OK');
  if (missing.length === 0) return <>{of.length === 0 ? '–' : say('全部', 'all')}</>;
  return (
    <ul className="plain">
      {missing.map(({ category, scope, status, message, grant }) => (
        <li key={`${category} ${scope}`}>
          {category} {scope} <code>{status}</code> {message} {grant && <code>{grant}</code>}
        </li>
      ))}
    </ul>
  );
}
