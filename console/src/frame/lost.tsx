import type { ErrorComponentProps } from '@tanstack/react-router';
import { CallError } from '../parts/explain.tsx';
import { NotThere, Page } from '../parts/page.tsx';
import { useSay } from './preferences.tsx';

/** For an address that the console does not have. */
export function Lost() {
  const say = useSay();
  return (
    <Page title={say('没有这个页面', 'No such page')}>
      <NotThere id={location.pathname} />
    </Page>
  );
}

/** For a page that failed to show itself. */
export function Broken({ error }: ErrorComponentProps) {
  return <CallError error={error} onRetry={() => location.reload()} />;
}
