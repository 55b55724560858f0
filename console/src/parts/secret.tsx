import { Alert } from 'antd';
import { useSay } from '../frame/preferences.tsx';
import { Id } from './id.tsx';

/** A secret that is shown this once. */
export function SecretOnce({ secret }: { readonly secret: string | null | undefined }) {
  const say = useSay();
  if (!secret) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={say('只显示这一次，请立即保存。', 'Shown this once: keep it now.')}
      description={<Id id={secret} />}
    />
  );
}
