import { Drawer, Input } from 'antd';
import { useState } from 'react';
import { call } from '../../api/call.ts';
import {
  SettingChangesDocument,
  type SettingChangesQuery,
  SettingsDocument,
  type SettingsQuery,
  UpdateSettingDocument,
} from '../../api/generated/graphql.ts';
import { useData } from '../../api/use-data.ts';
import { usePreferences, useSay } from '../../frame/preferences.tsx';
import { Action } from '../../parts/action.tsx';
import { DataList, pageOf } from '../../parts/data-list.tsx';
import { addressOf, Go, useSearch } from '../../parts/go.tsx';
import { Loaded, Page } from '../../parts/page.tsx';
import { Rows } from '../../parts/rows.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { When } from '../../parts/when.tsx';
import { wordOf } from '../../text/words.ts';

type Setting = SettingsQuery['settings'][number];
type Change = SettingChangesQuery['settingChanges']['nodes'][number];

/** Every Setting: its value, its default, and its last author. */
export function View() {
  const say = useSay();
  const [search, change] = useSearch();
  const [text, setText] = useState('');
  const query = useData(SettingsDocument, {});
  const history = search['history'];
  const fits = ({ key, description, group }: Setting) =>
    (search['group'] === undefined || group === search['group']) &&
    (search['key'] === undefined || key === search['key']) &&
    (text === '' || `${key} ${description}`.toLowerCase().includes(text.toLowerCase()));
  return (
    <Page title={say('设置', 'Settings')}>
      <Groups settings={query.data?.settings ?? []} />
      <div className="filters">
        <Input
          className="control"
          aria-label={say('查找', 'Find')}
          placeholder={say('名称或说明', 'Name or description')}
          allowClear
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {search['key'] && <Go to="/settings">{say('全部设置', 'All Settings')}</Go>}
      </div>
      <Loaded query={query}>
        {({ settings }) => (
          <Rows<Setting>
            label={say('设置', 'Settings')}
            rows={settings.filter(fits)}
            rowKey={({ key }) => key}
            columns={[
              {
                key: 'key',
                title: say('设置', 'Setting'),
                render: ({ key, description }) => (
                  <div className="explain">
                    <code>{key}</code>
                    <div className="quiet">{description}</div>
                  </div>
                ),
              },
              {
                key: 'value',
                title: say('当前值', 'In force'),
                render: ({ value, defaultValue }) => (
                  <>
                    <Value of={value} />
                    {JSON.stringify(value) !== JSON.stringify(defaultValue) && (
                      <div className="quiet">
                        {say('默认', 'default')}: <Value of={defaultValue} />
                      </div>
                    )}
                  </>
                ),
              },
              {
                key: 'changed',
                title: say('修改', 'Changed'),
                render: ({ key, updatedAt, updatedBy }) =>
                  updatedAt ? (
                    <Go to={addressOf('/settings', { ...search, history: key })}>
                      <When at={updatedAt} /> {updatedBy}
                    </Go>
                  ) : (
                    '–'
                  ),
              },
              { key: 'do', title: '', render: (setting) => <Edit setting={setting} /> },
            ]}
          />
        )}
      </Loaded>
      <Drawer
        open={history !== undefined}
        size={640}
        title={`${say('修改记录', 'Changes')}: ${history}`}
        onClose={() => change({ history: undefined, hafter: undefined, hbefore: undefined })}
      >
        {history !== undefined && <History of={history} />}
      </Drawer>
    </Page>
  );
}

/** Groups of Settings; one at a time, or all. */
function Groups({ settings }: { readonly settings: readonly Setting[] }) {
  const say = useSay();
  const { language } = usePreferences();
  const [search, change] = useSearch();
  const groups = [...new Set(settings.map(({ group }) => group))].toSorted();
  return (
    <Tabs
      label={say('分组', 'Group')}
      active={search['group'] ?? ''}
      onPick={(group) => change({ group, key: undefined })}
      tabs={[
        { key: '', label: say('全部', 'all') },
        ...groups.map((group) => ({ key: group, label: wordOf('settingGroup', group, language).text })),
      ]}
    />
  );
}

function History({ of }: { readonly of: string }) {
  const say = useSay();
  const [search] = useSearch();
  const query = useData(SettingChangesDocument, { key: of, ...pageOf(search, 'h') });
  return (
    <DataList<Change>
      label={say('修改记录', 'Changes')}
      prefix="h"
      query={{ ...query, data: query.data?.settingChanges }}
      rowKey={({ id }) => id}
      whenEmpty={say('没有修改过', 'Never changed')}
      columns={[
        { key: 'at', title: say('时间', 'When'), render: ({ changedAt }) => <When at={changedAt} /> },
        { key: 'by', title: say('谁', 'Who'), render: ({ changedBy }) => changedBy },
        { key: 'old', title: say('原值', 'Was'), render: ({ oldValue }) => <Value of={oldValue} /> },
        { key: 'new', title: say('新值', 'Became'), render: ({ newValue }) => <Value of={newValue} /> },
      ]}
    />
  );
}

function Value({ of }: { readonly of: unknown }) {
  return <code className="cut">{of === undefined ? '–' : JSON.stringify(of)}</code>;
}

function Edit({ setting }: { readonly setting: Setting }) {
  const say = useSay();
  const { key, value, defaultValue, version } = setting;
  const isSwitch = typeof defaultValue === 'boolean';
  const isNumber = typeof defaultValue === 'number';
  const isText = typeof defaultValue === 'string';
  const parse = (text: string): unknown => {
    if (isSwitch) return text === 'true';
    if (isNumber) return Number(text);
    return isText ? text : JSON.parse(text);
  };
  return (
    <Action
      label={say('修改', 'Change')}
      title={key}
      size="small"
      description={setting.description}
      fields={[
        {
          name: 'value',
          label: say('新值', 'New value'),
          kind: isSwitch ? 'switch' : isNumber ? 'number' : isText ? 'text' : 'area',
          hint: isSwitch || isNumber || isText ? null : 'JSON',
        },
      ]}
      initial={{ value: isText || isNumber || isSwitch ? String(value) : JSON.stringify(value, null, 2) }}
      preview={async (values) => ({
        count: 1,
        button: say('修改 1 项设置', 'Change 1 Setting'),
        shown: (
          <p>
            <Value of={value} /> → <Value of={parse(values['value'] ?? '')} />
          </p>
        ),
      })}
      run={(values) =>
        call(
          UpdateSettingDocument,
          { input: { key, value: parse(values['value'] ?? ''), expectedVersion: version } },
          { repeatable: false },
        )
      }
      errorsOf={({ updateSetting }) => updateSetting.userErrors}
      done={() => say('已修改，2 秒内处处生效', 'Changed; in force everywhere within 2 seconds')}
    />
  );
}
