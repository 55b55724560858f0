import { Space } from 'antd';
import { call } from '../../api/call.ts';
import {
  DatabaseInstancesDocument,
  type DatabaseInstancesQuery,
  RegisterDatabaseInstanceDocument,
  StartDatabaseSyncDocument,
  TestDatabaseConnectionDocument,
} from '../../api/generated/graphql.ts';
import { POLL_MS, useData } from '../../api/use-data.ts';
import { useSay } from '../../frame/preferences.tsx';
import { useMay } from '../../frame/viewer.tsx';
import { Action } from '../../parts/action.tsx';
import { DataList, pageOf } from '../../parts/data-list.tsx';
import { Explain } from '../../parts/explain.tsx';
import { oneOf } from '../../parts/fields.tsx';
import { addressOf, Go, useGo, useSearch } from '../../parts/go.tsx';
import { State } from '../../parts/state.tsx';
import { When } from '../../parts/when.tsx';

type Instance = DatabaseInstancesQuery['databaseInstances']['nodes'][number];

const ONCE = { repeatable: false } as const;
const engines = ['MYSQL', 'POSTGRESQL', 'SQLSERVER', 'ORACLE'] as const;
const tlsModes = ['DISABLED', 'PREFERRED', 'REQUIRED', 'VERIFY_CA', 'VERIFY_FULL'] as const;
const optionsOf = (values: readonly string[]) => values.map((value) => ({ value, label: value }));

/** The databases that are watched, and what of each can be read. */
export function Instances() {
  const say = useSay();
  const [search] = useSearch();
  const filter = {
    ...(search['search'] && { search: search['search'] }),
    ...(search['failing'] && { failing: true }),
  };
  const query = useData(DatabaseInstancesDocument, { ...pageOf(search), filter }, { pollMs: POLL_MS });
  return (
    <DataList<Instance>
      label={say('实例', 'Instances')}
      query={{ ...query, data: query.data?.databaseInstances }}
      rowKey={({ id }) => id}
      filters={[
        { name: 'search', label: say('名称或主机', 'Name or host') },
        {
          name: 'failing',
          label: say('有问题的', 'Failing'),
          kind: 'select',
          options: [{ value: 'true', label: say('有问题的', 'failing') }],
        },
      ]}
      whenEmpty={say('还没有登记数据库实例。', 'No instance is registered yet.')}
      columns={[
        {
          key: 'name',
          title: say('实例', 'Instance'),
          render: ({ name, host, port, product, version, engine }) => (
            <>
              <Go to={addressOf('/databases', { tab: 'accounts', instance: name })}>{name}</Go>
              <div className="quiet">
                {product ?? engine} {version} · {host}:{port}
              </div>
            </>
          ),
        },
        {
          key: 'state',
          title: say('状态', 'State'),
          render: ({ state }) => <State of="instance" value={state} />,
        },
        { key: 'accounts', title: say('账号', 'Accounts'), render: ({ accountCount }) => accountCount },
        {
          key: 'sync',
          title: say('上次采集', 'Last sync'),
          render: ({ lastSync }) =>
            lastSync ? (
              <>
                <Go to={`/runs/${lastSync.run.runId}`}>
                  <When at={lastSync.startedAt} />
                </Go>{' '}
                <State of="runItem" value={lastSync.status} />
                <Explain failure={lastSync.error} />
              </>
            ) : (
              '–'
            ),
        },
        {
          key: 'why',
          title: say('说明', 'Explanation'),
          render: ({ explanation }) => <div className="explain">{explanation}</div>,
        },
        {
          key: 'coverage',
          title: say('可读范围', 'Coverage'),
          render: ({ coverage }) => <Coverage of={coverage} />,
        },
        { key: 'do', title: '', render: ({ name }) => <OneInstance name={name} /> },
      ]}
    />
  );
}

/** What our credential may not read, and which grant would help. */
function Coverage({ of }: { readonly of: Instance['coverage'] }) {
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

function OneInstance({ name }: { readonly name: string }) {
  const say = useSay();
  const may = useMay();
  const go = useGo();
  if (!may('operate', 'databases:write')) return null;
  return (
    <Space>
      <Action
        label={say('测试连接', 'Test')}
        size="small"
        description={name}
        run={async () => (await call(TestDatabaseConnectionDocument, { name }, ONCE)).testDatabaseConnection}
        errorsOf={({ userErrors, error }) => [...userErrors, ...(error ? [error] : [])]}
        done={({ product, version, latencyMs }) =>
          `${product ?? ''} ${version ?? ''} ${Math.round(latencyMs ?? 0)} ms`
        }
      />
      <Action
        label={say('采集', 'Sync')}
        size="small"
        description={name}
        run={async () => {
          const input = { type: 'MANUAL_SINGLE', instances: [name], mode: 'RUN' } as const;
          return (await call(StartDatabaseSyncDocument, { input }, ONCE)).startDatabaseSync;
        }}
        errorsOf={({ userErrors }) => userErrors}
        done={() => say('已开始', 'Started')}
        onDone={({ run }) => {
          if (run) go(`/runs/${run.runId}`);
        }}
      />
    </Space>
  );
}

/** What is done with instances as a whole. */
export function InstanceActions() {
  const say = useSay();
  const may = useMay();
  const go = useGo();
  return (
    <Space wrap>
      {may('operate') && (
        <Action
          label={say('采集全部', 'Sync all')}
          fields={[{ name: 'dry', label: say('试运行', 'Dry run'), kind: 'switch' }]}
          initial={{ dry: 'true' }}
          run={async (values) => {
            const mode = values['dry'] === 'true' ? 'DRY_RUN' : 'RUN';
            return (await call(StartDatabaseSyncDocument, { input: { type: 'MANUAL_TASK', mode } }, ONCE))
              .startDatabaseSync;
          }}
          errorsOf={({ userErrors }) => userErrors}
          done={() => say('已开始', 'Started')}
          onDone={({ run }) => {
            if (run) go(`/runs/${run.runId}`);
          }}
        />
      )}
      {may('admin') && <Register />}
    </Space>
  );
}

function Register() {
  const say = useSay();
  return (
    <Action
      label={say('登记实例', 'Register')}
      title={say('登记数据库实例', 'Register a database instance')}
      type="primary"
      fields={[
        { name: 'name', label: say('名称', 'Name'), required: true },
        {
          name: 'engine',
          label: say('引擎', 'Engine'),
          kind: 'select',
          required: true,
          options: optionsOf(engines),
        },
        { name: 'host', label: say('主机', 'Host'), required: true },
        { name: 'port', label: say('端口', 'Port'), kind: 'number' },
        { name: 'database', label: say('数据库或服务名', 'Database or service') },
        { name: 'username', label: say('账号', 'Username'), required: true },
        { name: 'password', label: say('密码', 'Password'), kind: 'secret', required: true },
        { name: 'tls', label: 'TLS', kind: 'select', required: true, options: optionsOf(tlsModes) },
        { name: 'tags', label: say('标签', 'Tags'), kind: 'several' },
      ]}
      initial={{ tls: 'PREFERRED', engine: 'POSTGRESQL' }}
      run={(values) =>
        call(
          RegisterDatabaseInstanceDocument,
          {
            input: {
              name: values['name'] ?? '',
              engine: oneOf(values['engine'], engines) ?? 'POSTGRESQL',
              host: values['host'] ?? '',
              port: values['port'] ? Number(values['port']) : null,
              database: values['database'] || null,
              username: values['username'] ?? '',
              password: values['password'] ?? '',
              tls: oneOf(values['tls'], tlsModes) ?? 'PREFERRED',
              tags: values['tags'] ? values['tags'].split(',') : null,
            },
          },
          ONCE,
        )
      }
      errorsOf={({ registerDatabaseInstance }) => registerDatabaseInstance.userErrors}
      done={() => say('已登记', 'Registered')}
    />
  );
}
