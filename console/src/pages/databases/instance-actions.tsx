import { Space } from 'antd';
import { call } from '../../api/call.ts';
import {
  ConfirmDisappearanceDocument,
  type DatabaseInstancesQuery,
  RemoveDatabaseInstanceDocument,
  StartDatabaseSyncDocument,
  TestDatabaseConnectionDocument,
  type TestDatabaseConnectionMutation,
  UpdateDatabaseInstanceDocument,
} from '../../api/generated/graphql.ts';
import { useSay } from '../../frame/preferences.tsx';
import { useMay } from '../../frame/viewer.tsx';
import { Action } from '../../parts/action.tsx';
import { oneOf } from '../../parts/fields.tsx';
import { useGo } from '../../parts/go.tsx';
import { Coverage } from './coverage.tsx';
import { listOf, optionsOf, tlsModes, useInstanceFields } from './register.tsx';

type Instance = DatabaseInstancesQuery['databaseInstances']['nodes'][number];
type Tested = TestDatabaseConnectionMutation['testDatabaseConnection'];

const ONCE = { repeatable: false } as const;
const states = ['ACTIVE', 'PAUSED'] as const;

/** Actions on one instance. */
export function OneInstance({ instance }: { readonly instance: Instance }) {
  const may = useMay();
  const { name, lastSync } = instance;
  const awaits = lastSync?.status === 'AWAITING_CONFIRMATION';
  return (
    <Space wrap>
      {may('operate') && awaits && <Confirm name={name} runId={lastSync.run.runId} />}
      {may('operate') && <Test name={name} />}
      {may('operate') && <Sync name={name} />}
      {may('admin') && <Update instance={instance} />}
      {may('admin') && <Remove name={name} />}
    </Space>
  );
}

function Confirm({ name, runId }: { readonly name: string; readonly runId: string }) {
  const say = useSay();
  return (
    <Action
      label={say('确认消失', 'Confirm')}
      size="small"
      type="primary"
      title={say('确认账号确已消失', 'Confirm that the accounts are gone')}
      description={say(
        `${name}：消失的账号超过上限，未写入。确认后重新读取并写入。`,
        `${name}: more accounts are gone than the limits allow, so nothing was stored. Once confirmed it is read again and stored.`,
      )}
      run={async () =>
        (await call(ConfirmDisappearanceDocument, { input: { runId, instance: name } }, ONCE))
          .confirmDisappearance
      }
      errorsOf={({ userErrors }) => userErrors}
      done={() => say('已确认', 'Confirmed')}
    />
  );
}

function Test({ name }: { readonly name: string }) {
  const say = useSay();
  return (
    <Action<Tested>
      label={say('测试连接', 'Test')}
      size="small"
      description={name}
      run={async () => (await call(TestDatabaseConnectionDocument, { name }, ONCE)).testDatabaseConnection}
      errorsOf={({ userErrors, error }) => [...userErrors, ...(error ? [error] : [])]}
      done={({ product }) => product ?? name}
      result={(tested) => <TestResult of={tested} />}
    />
  );
}

/** The server's version, and the categories that our credential may not read there. */
function TestResult({ of: { product, version, latencyMs, tlsInUse, coverage } }: { readonly of: Tested }) {
  const say = useSay();
  return (
    <>
      <p>
        {product} {version} · {Math.round(latencyMs ?? 0)} ms ·{' '}
        {tlsInUse ? say('已加密', 'encrypted') : say('未加密', 'not encrypted')}
      </p>
      <div>
        {say('可读范围：', 'May be read: ')}
        <Coverage of={coverage} />
      </div>
    </>
  );
}

function Sync({ name }: { readonly name: string }) {
  const say = useSay();
  const go = useGo();
  return (
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
  );
}

function Update({ instance }: { readonly instance: Instance }) {
  const say = useSay();
  const rest = useInstanceFields(true);
  const { name, host, port, database, username, tls, state, tags, systemAccounts } = instance;
  return (
    <Action
      label={say('修改', 'Edit')}
      size="small"
      title={name}
      fields={[
        { name: 'newName', label: say('名称', 'Name'), required: true },
        ...rest,
        {
          name: 'state',
          label: say('状态', 'State'),
          kind: 'select',
          required: true,
          options: optionsOf(states),
        },
      ]}
      initial={{
        newName: name,
        host,
        port: String(port),
        database: database ?? '',
        username,
        tls,
        state,
        tags: tags.join(','),
        systemAccounts: systemAccounts.join(','),
      }}
      run={async (values) => {
        const input = {
          name,
          newName: values['newName'] ?? name,
          host: values['host'] ?? host,
          port: values['port'] ? Number(values['port']) : port,
          database: values['database'] || null,
          username: values['username'] ?? username,
          tls: oneOf(values['tls'], tlsModes) ?? tls,
          state: oneOf(values['state'], states) ?? state,
          tags: listOf(values['tags']),
          systemAccounts: listOf(values['systemAccounts']),
          ...(values['password'] && { password: values['password'] }),
          ...(values['caCertificate'] && { caCertificate: values['caCertificate'] }),
        };
        return (await call(UpdateDatabaseInstanceDocument, { input }, ONCE)).updateDatabaseInstance;
      }}
      errorsOf={({ userErrors }) => userErrors}
      done={() => say('已修改', 'Changed')}
    />
  );
}

function Remove({ name }: { readonly name: string }) {
  const say = useSay();
  const remove = async (mode: 'DRY_RUN' | 'RUN') =>
    (await call(RemoveDatabaseInstanceDocument, { input: { name, mode } }, ONCE)).removeDatabaseInstance;
  return (
    <Action
      label={say('移除', 'Remove')}
      size="small"
      danger
      title={say(`移除 ${name}`, `Remove ${name}`)}
      typed={name}
      preview={async () => {
        const { accounts, changes, userErrors } = await remove('DRY_RUN');
        return {
          shown: say(
            `将删除 ${accounts} 个账号及 ${changes} 条变更记录；服务器上的账号不变。`,
            `${accounts} accounts and ${changes} entries of the change log go with it; the server is left as it is.`,
          ),
          button: say('移除', 'Remove'),
          count: accounts,
          errors: userErrors,
        };
      }}
      run={() => remove('RUN')}
      errorsOf={({ userErrors }) => userErrors}
      done={({ accounts }) => say(`已移除，含 ${accounts} 个账号`, `Removed with ${accounts} accounts`)}
    />
  );
}
