import { MoonOutlined, SunOutlined } from '@ant-design/icons';
import { Button, Select, Switch } from 'antd';
import { pageConfig } from '../api/page-config.ts';
import { usePreferences, useSay, type ZoneChoice } from './preferences.tsx';

/** Language, zone, light or dark; which of them fit here. */
export function Picks({ all = false }: { readonly all?: boolean }) {
  const { language, theme, zoneChoice, zone, isLive, set } = usePreferences();
  const say = useSay();
  const zones: { readonly value: ZoneChoice; readonly label: string }[] = [
    { value: 'service', label: pageConfig.timeZone },
    {
      value: 'browser',
      label: `${say('浏览器', 'browser')}: ${Intl.DateTimeFormat().resolvedOptions().timeZone}`,
    },
    { value: 'utc', label: 'UTC' },
  ];
  return (
    <div className="picks">
      {all && (
        <>
          <Switch
            size="small"
            checked={isLive}
            aria-label={say('实时更新', 'Live updates')}
            checkedChildren={say('实时', 'live')}
            unCheckedChildren={say('暂停', 'paused')}
            onChange={(on) => set({ isLive: on })}
          />
          <Select
            size="small"
            variant="borderless"
            aria-label={say('时区', 'Time zone')}
            value={zoneChoice}
            labelRender={() => zone}
            popupMatchSelectWidth={false}
            options={zones}
            onChange={(choice: ZoneChoice) => set({ zoneChoice: choice })}
          />
        </>
      )}
      <Button
        size="small"
        type="text"
        lang={language === 'EN' ? 'zh-CN' : 'en'}
        onClick={() => set({ language: language === 'EN' ? 'ZH_CN' : 'EN' })}
      >
        {language === 'EN' ? '中文' : 'English'}
      </Button>
      <Button
        size="small"
        type="text"
        aria-label={theme === 'dark' ? say('浅色', 'Light') : say('深色', 'Dark')}
        icon={theme === 'dark' ? <SunOutlined /> : <MoonOutlined />}
        onClick={() => set({ theme: theme === 'dark' ? 'light' : 'dark' })}
      />
    </div>
  );
}
