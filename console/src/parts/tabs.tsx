import { Button } from 'antd';
import type { ReactNode } from 'react';

interface Tab {
  readonly key: string;
  readonly label: ReactNode;
}

/** One of several views; which one stands in the address. */
export function Tabs({
  label,
  tabs,
  active,
  onPick,
}: {
  readonly label: string;
  readonly tabs: readonly Tab[];
  readonly active: string;
  readonly onPick: (key: string) => void;
}) {
  return (
    <fieldset className="tabs" aria-label={label}>
      {tabs.map((tab) => (
        <Button
          key={tab.key}
          size="small"
          type={tab.key === active ? 'primary' : 'default'}
          aria-pressed={tab.key === active}
          onClick={() => onPick(tab.key)}
        >
          {tab.label}
        </Button>
      ))}
    </fieldset>
  );
}
