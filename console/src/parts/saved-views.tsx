import { Button, Dropdown, Input } from 'antd';
import { useState } from 'react';
import { useSay } from '../frame/preferences.tsx';
import { type Search, useSearch } from './go.tsx';

interface View {
  readonly name: string;
  readonly search: Search;
}

/** Filters under a name: those that come with the list, and the reader's own, kept in this browser. */
export function SavedViews({
  list,
  builtIn,
  onPick,
}: {
  readonly list: string;
  readonly builtIn: readonly View[];
  readonly onPick: (search: Search) => void;
}) {
  const say = useSay();
  const [search] = useSearch();
  const stored = `accountsync.views.${list}`;
  const [own, setOwn] = useState<readonly View[]>(() => read(stored));
  const [name, setName] = useState('');
  const keep = (views: readonly View[]) => {
    setOwn(views);
    localStorage.setItem(stored, JSON.stringify(views));
  };
  const save = () => {
    if (name.trim() === '') return;
    keep([...own.filter((view) => view.name !== name.trim()), { name: name.trim(), search }]);
    setName('');
  };
  const leave = { after: undefined, before: undefined };
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          ...builtIn.map((view) => ({ key: view.name, label: view.name })),
          ...(own.length > 0 ? [{ type: 'divider' as const }] : []),
          ...own.map((view) => ({
            key: `own ${view.name}`,
            label: view.name,
            extra: (
              <Button
                size="small"
                type="link"
                aria-label={say(`删除 ${view.name}`, `Delete ${view.name}`)}
                onClick={(event) => {
                  event.stopPropagation();
                  keep(own.filter((other) => other.name !== view.name));
                }}
              >
                ×
              </Button>
            ),
          })),
        ],
        onClick: ({ key }) => {
          const view = [...builtIn, ...own.map((each) => ({ ...each, name: `own ${each.name}` }))].find(
            (each) => each.name === key,
          );
          if (view) onPick({ ...leave, ...view.search });
        },
      }}
      popupRender={(menu) => (
        <div className="views">
          {menu}
          <Input
            size="small"
            aria-label={say('视图名称', 'Name of the view')}
            placeholder={say('保存当前筛选为……', 'Save these filters as …')}
            value={name}
            onChange={(event) => setName(event.target.value)}
            onPressEnter={save}
          />
        </div>
      )}
    >
      <Button>{say('视图', 'Views')}</Button>
    </Dropdown>
  );
}

function read(stored: string): readonly View[] {
  try {
    const views: unknown = JSON.parse(localStorage.getItem(stored) ?? '[]');
    return Array.isArray(views) ? views.filter((view) => typeof view?.name === 'string') : [];
  } catch {
    return [];
  }
}
