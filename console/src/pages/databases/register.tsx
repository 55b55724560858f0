import { Space } from 'antd';
import { call } from '../../api/call.ts';
import { RegisterDatabaseInstanceDocument, StartDatabaseSyncDocument } from '../../api/generated/graphql.ts';
import { useSay } from '../../frame/preferences.tsx';
import { useMay } from '../../frame/viewer.tsx';
import { Action } from '../../parts/action.tsx';
import { type Field, oneOf } from '../../parts/fields.tsx';
import { useGo } from '../../parts/go.tsx';

const ONCE = { repeatable: false } as const;
export const engines = ['MYSQL', 'POSTGRESQL', 'SQLSERVER', 'ORACLE'] as const;
export const tlsModes = ['DISABLED', 'PREFERRED', 'REQUIRED', 'VERIFY_CA', 'VERIFY_FULL'] as const;
export const optionsOf = (values: readonly string[]) => values.map((value) => ({ value, label: value }));

/** Actions on the instances as a whole. */
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

/** Fields of an instance besides its name and engine. */
export function useInstanceFields(known: boolean): readonly Field[] {
  const say = useSay();
  return [
    { name: 'host', label: say('主机', 'Host'), required: true },
    { name: 'port', label: say('端口', 'Port'), kind: 'number' },
    { name: 'database', label: say('数据库或服务名', 'Database or service') },
    { name: 'username', label: say('账号', 'Username'), required: true },
    {
      name: 'password',
      label: say('密码', 'Password'),
      kind: 'secret',
      ...(known ? { hint: say('留空：不变', 'Left empty: as it is') } : { required: true }),
    },
    { name: 'tls', label: 'TLS', kind: 'select', required: true, options: optionsOf(tlsModes) },
    {
      name: 'caCertificate',
      label: say('CA 证书（PEM）', 'CA certificate (PEM)'),
      kind: 'area',
      ...(known && { hint: say('留空：不变', 'Left empty: as it is') }),
    },
    { name: 'tags', label: say('标签', 'Tags'), kind: 'several' },
    {
      name: 'systemAccounts',
      label: say('系统账号', 'System accounts'),
      kind: 'several',
      hint: say('LIKE 模式，如 backup\\_%', 'LIKE patterns such as backup\\_%'),
    },
  ];
}

/** Texts of a field with several values. */
export function listOf(value: string | undefined): string[] {
  return value ? value.split(',') : [];
}

function Register() {
  const say = useSay();
  const rest = useInstanceFields(false);
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
        ...rest,
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
              caCertificate: values['caCertificate'] || null,
              tags: listOf(values['tags']),
              systemAccounts: listOf(values['systemAccounts']),
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
