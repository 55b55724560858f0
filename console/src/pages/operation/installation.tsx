import { InstallationDocument, type InstallationQuery } from '../../api/generated/graphql.ts';
import { POLL_MS, useData } from '../../api/use-data.ts';
import { useSay } from '../../frame/preferences.tsx';
import { Loaded, Section } from '../../parts/page.tsx';
import { Rows } from '../../parts/rows.tsx';
import { State, Word } from '../../parts/state.tsx';
import { When } from '../../parts/when.tsx';

type Process = InstallationQuery['processes'][number];
type Connection = InstallationQuery['connections'][number];

/** The processes that run, and where they reach the systems; what could open a door is masked. */
export function Installation() {
  const say = useSay();
  const query = useData(InstallationDocument, {}, { pollMs: POLL_MS });
  return (
    <Loaded query={query}>
      {({ processes, connections }) => (
        <>
          <Section title={say('进程', 'Processes')}>
            <Processes processes={processes} />
          </Section>
          <Section title={say('连接', 'Connections')}>
            <Connections connections={connections} />
          </Section>
        </>
      )}
    </Loaded>
  );
}

function Processes({ processes }: { readonly processes: readonly Process[] }) {
  const say = useSay();
  return (
    <Rows<Process>
      label={say('进程', 'Processes')}
      rows={processes}
      rowKey={({ host, pid, startedAt }) => `${host} ${pid} ${startedAt}`}
      columns={[
        {
          key: 'role',
          title: say('角色', 'Role'),
          render: ({ role }) => <Word of="processRole" value={role} />,
        },
        { key: 'host', title: say('主机', 'Host'), render: ({ host, pid }) => `${host} · ${pid}` },
        { key: 'version', title: say('版本', 'Version'), render: ({ version }) => version },
        {
          key: 'state',
          title: say('状态', 'State'),
          render: ({ isAlive }) => <State of="alive" value={isAlive} />,
        },
        { key: 'started', title: say('启动', 'Started'), render: ({ startedAt }) => <When at={startedAt} /> },
        {
          key: 'seen',
          title: say('最近一次', 'Last seen'),
          render: ({ lastSeenAt }) => <When at={lastSeenAt} />,
        },
      ]}
      whenEmpty={say('没有进程在运行', 'No process runs')}
    />
  );
}

function Connections({ connections }: { readonly connections: readonly Connection[] }) {
  const say = useSay();
  return (
    <Rows<Connection>
      label={say('连接', 'Connections')}
      rows={connections}
      rowKey={({ code }) => code}
      columns={[
        { key: 'name', title: say('系统', 'System'), render: ({ displayName }) => displayName },
        {
          key: 'address',
          title: say('地址', 'Address'),
          render: ({ address }) => (address ? <code>{address}</code> : say('未配置', 'not configured')),
        },
        {
          key: 'played',
          title: say('来源', 'Played by'),
          render: ({ sandboxed, address }) => {
            if (!address) return '–';
            return sandboxed ? say('沙箱', 'sandbox') : say('真实系统', 'the real system');
          },
        },
        {
          key: 'variables',
          title: say('变量（已遮盖）', 'Variables, masked'),
          render: ({ variables }) => (
            <div>
              {variables
                .filter(({ value }) => value)
                .map(({ name, value }) => (
                  <div key={name}>
                    <code>
                      {name}={value}
                    </code>
                  </div>
                ))}
            </div>
          ),
        },
      ]}
      whenEmpty={say('没有工作进程在运行', 'No worker runs')}
    />
  );
}
