import { LogoutOutlined, MenuOutlined } from '@ant-design/icons';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { Alert, Badge, Button, Drawer, type InputRef, Menu, Tooltip } from 'antd';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { signOut } from '../api/credential.ts';
import { HealthDocument } from '../api/generated/graphql.ts';
import { isConnected, onConnectionChange } from '../api/live.ts';
import { POLL_MS, useData } from '../api/use-data.ts';
import { Go, useGo } from '../parts/go.tsx';
import { State } from '../parts/state.tsx';
import { When } from '../parts/when.tsx';
import { Keys } from './keys.tsx';
import { menu, textOf } from './menu.ts';
import { Picks } from './picks.tsx';
import { useSay } from './preferences.tsx';
import { SearchBox } from './search-box.tsx';
import { useMay, useViewer } from './viewer.tsx';

/** The frame around every page. */
export function Shell() {
  const say = useSay();
  const search = useRef<InputRef>(null);
  const [isMenuOpen, setMenuOpen] = useState(false);
  const pathname = useRouterState({ select: ({ location }) => location.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: closes when another page is shown
  useEffect(() => setMenuOpen(false), [pathname]);
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {say('跳到内容', 'Skip to content')}
      </a>
      <header>
        <Button
          className="menu-button"
          type="text"
          aria-label={say('菜单', 'Menu')}
          icon={<MenuOutlined />}
          onClick={() => setMenuOpen(true)}
        />
        <Go to="/" className="brand">
          AccountSync
        </Go>
        <HealthDot />
        <SearchBox box={search} />
        <div className="header-right">
          <Picks all />
          <Who />
        </div>
      </header>
      <Offline />
      <div className="body">
        <nav className="side" aria-label={say('菜单', 'Menu')}>
          <MainMenu />
        </nav>
        <Drawer
          open={isMenuOpen}
          placement="left"
          size={260}
          title="AccountSync"
          onClose={() => setMenuOpen(false)}
        >
          <MainMenu />
        </Drawer>
        <main id="main" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <Keys onSearch={() => search.current?.focus()} />
    </div>
  );
}

function MainMenu() {
  const say = useSay();
  const may = useMay();
  const go = useGo();
  const pathname = useRouterState({ select: ({ location }) => location.pathname });
  const groups = menu
    .map(({ text, entries }) => ({ text, entries: entries.filter(({ scopes }) => may(...scopes)) }))
    .filter(({ entries }) => entries.length > 0);
  const paths = groups.flatMap(({ entries }) => entries.map(({ path }) => path));
  const here = pathname.replace(/^\/console(?=\/|$)/, '') || '/';
  const shown = paths.filter((path) => here === path || (path !== '/' && here.startsWith(`${path}/`))).at(-1);
  return (
    <Menu
      mode="inline"
      selectedKeys={shown === undefined ? [] : [shown]}
      items={groups.map((group) => ({
        type: 'group' as const,
        key: group.text[1],
        label: textOf(group, say),
        children: group.entries.map((entry) => ({
          key: entry.path,
          label: <Go to={entry.path}>{textOf(entry, say)}</Go>,
        })),
      }))}
      onClick={({ key, domEvent }) => {
        // The link inside does it where it was clicked itself.
        if (!domEvent.defaultPrevented && domEvent.type === 'keydown') go(key);
      }}
    />
  );
}

/** How everything is, on every page, for those who may see it. */
function HealthDot() {
  const may = useMay();
  const { data } = useData(HealthDocument, {}, { pollMs: POLL_MS, enabled: may('operate') });
  if (data === undefined) return null;
  const { health, reasons } = data.overview;
  return (
    <Go to="/" className="health">
      <State of="health" value={health} />
      {reasons.length > 0 && <Badge count={reasons.length} size="small" color="#8a3a00" />}
    </Go>
  );
}

function Who() {
  const say = useSay();
  const { principal, expiresAt } = useViewer();
  return (
    <span className="who">
      <Tooltip
        title={
          <>
            {say('到期', 'expires')}: <When at={expiresAt} none={say('不过期', 'never')} />
          </>
        }
      >
        <Go to="/developer">{principal}</Go>
      </Tooltip>
      <Button
        size="small"
        type="text"
        aria-label={say('退出', 'Sign out')}
        title={say('退出', 'Sign out')}
        icon={<LogoutOutlined />}
        onClick={signOut}
      />
    </span>
  );
}

/** Says when the service is away; the pages ask again by themselves. */
function Offline() {
  const say = useSay();
  const connected = useSyncExternalStore(onConnectionChange, isConnected);
  const online = useSyncExternalStore(onOnlineChange, () => navigator.onLine);
  const text =
    online && connected !== false
      ? ''
      : say('与服务的连接断开，正在重连……', 'The connection to the service is lost; trying again …');
  return <div aria-live="polite">{text !== '' && <Alert banner type="warning" title={text} />}</div>;
}

function onOnlineChange(listener: () => void): () => void {
  addEventListener('online', listener);
  addEventListener('offline', listener);
  return () => {
    removeEventListener('online', listener);
    removeEventListener('offline', listener);
  };
}
