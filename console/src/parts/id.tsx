import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useSay } from '../frame/preferences.tsx';
import { Go } from './go.tsx';

/** An id: whole, a link where there is a page of it, and with a button that copies it. */
export function Id({ id, to }: { readonly id: string; readonly to?: string }) {
  return (
    <span className="id">
      {to === undefined ? <code>{id}</code> : <Go to={to}>{id}</Go>}
      <Copy text={id} />
    </span>
  );
}

export function Copy({ text }: { readonly text: string }) {
  const say = useSay();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 1_500);
  };
  return (
    <Button
      size="small"
      type="text"
      className="copy"
      aria-label={copied ? say('已复制', 'Copied') : `${say('复制', 'Copy')} ${text.slice(0, 60)}`}
      icon={copied ? <CheckOutlined /> : <CopyOutlined />}
      onClick={(event) => {
        event.stopPropagation();
        void copy();
      }}
    />
  );
}
