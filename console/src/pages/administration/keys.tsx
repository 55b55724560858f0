import { Space } from 'antd';
import { call } from '../../api/call.ts';
import {
  ApiKeysDocument,
  type ApiKeysQuery,
  CreateApiKeyDocument,
  RevokeApiKeyDocument,
  RotateApiKeyDocument,
} from '../../api/generated/graphql.ts';
import { useData } from '../../api/use-data.ts';
import { usePreferences, useSay } from '../../frame/preferences.tsx';
import { Action } from '../../parts/action.tsx';
import { DataList, pageOf } from '../../parts/data-list.tsx';
import { several } from '../../parts/fields.tsx';
import { useSearch } from '../../parts/go.tsx';
import { Page } from '../../parts/page.tsx';
import { SecretOnce } from '../../parts/secret.tsx';
import { State } from '../../parts/state.tsx';
import { When } from '../../parts/when.tsx';
import { scopes } from '../../text/scopes.ts';
import { optionsOf } from '../../text/words.ts';

type Key = ApiKeysQuery['apiKeys']['nodes'][number];

/** The keys of the API, never a secret again after it was made. */
export function View() {
  const say = useSay();
  const { language } = usePreferences();
  const [search] = useSearch();
  const state = several(search['state'], ['ACTIVE', 'EXPIRED', 'REVOKED'] as const);
  const principal = search['principal'];
  const query = useData(ApiKeysDocument, {
    ...pageOf(search),
    ...(state && { state: [...state] }),
    ...(principal && { principal }),
  });
  return (
    <Page title={say('API 密钥', 'API keys')} extra={<Create />}>
      <DataList<Key>
        label={say('API 密钥', 'API keys')}
        query={{ ...query, data: query.data?.apiKeys }}
        rowKey={({ id }) => id}
        filters={[
          { name: 'principal', label: say('主体', 'Principal') },
          {
            name: 'state',
            label: say('状态', 'State'),
            kind: 'several',
            options: optionsOf('key', language),
          },
        ]}
        whenEmpty={say(
          '还没有密钥；现在用的是启动时的管理员密钥。',
          'None yet; you use the administrator’s key of the start.',
        )}
        columns={[
          {
            key: 'name',
            title: say('名称', 'Name'),
            render: ({ name, prefix, principal: whose }) => (
              <>
                {name}
                {whose !== name && (
                  <div className="quiet">
                    {say('主体', 'of')} {whose}
                  </div>
                )}
                <div className="quiet short">
                  <code>{prefix}…</code>
                </div>
              </>
            ),
          },
          {
            key: 'scopes',
            title: say('权限', 'Scopes'),
            isShort: true,
            render: (key) => key.scopes.map((scope) => <div key={scope}>{scope}</div>),
          },
          {
            key: 'origins',
            title: say('来源系统', 'Origin systems'),
            render: ({ originSystems }) => originSystems?.join(', ') ?? say('全部', 'all'),
          },
          {
            key: 'state',
            title: say('状态、到期', 'State, expires'),
            isShort: true,
            render: (key) => (
              <>
                <State of="key" value={key.state} />
                <div className="quiet">
                  <When at={key.expiresAt} none={say('不过期', 'never')} />
                </div>
              </>
            ),
          },
          {
            key: 'used',
            title: say('上次使用', 'Last used'),
            render: ({ lastUsedAt }) => <When at={lastUsedAt} />,
          },
          {
            key: 'made',
            title: say('创建', 'Made'),
            render: ({ createdAt, createdBy }) => (
              <>
                <When at={createdAt} />
                <div className="quiet">{createdBy}</div>
              </>
            ),
          },
          { key: 'do', title: '', render: (key) => key.state === 'ACTIVE' && <KeyActions of={key} /> },
        ]}
      />
    </Page>
  );
}

function Create() {
  const say = useSay();
  return (
    <Action
      label={say('新密钥', 'New key')}
      title={say('新密钥', 'New key')}
      type="primary"
      fields={[
        { name: 'name', label: say('名称', 'Name'), required: true },
        {
          name: 'scopes',
          label: say('权限', 'Scopes'),
          kind: 'several',
          required: true,
          options: scopes.map((value) => ({ value, label: value })),
        },
        { name: 'principal', label: say('主体（默认同名称）', 'Principal, by default the name') },
        {
          name: 'origins',
          label: say('来源系统（默认全部）', 'Origin systems, by default all'),
          kind: 'several',
        },
        { name: 'expires', label: say('到期日（可选）', 'Expires on, if at all'), kind: 'day' },
      ]}
      run={(values) =>
        call(
          CreateApiKeyDocument,
          {
            input: {
              name: values['name'] ?? '',
              scopes: (values['scopes'] ?? '').split(',').filter((scope) => scope !== ''),
              principal: values['principal'] || null,
              originSystems: values['origins'] ? values['origins'].split(',') : null,
              expiresAt: values['expires'] ? `${values['expires']}T23:59:59Z` : null,
            },
          },
          { repeatable: false },
        )
      }
      errorsOf={({ createApiKey }) => createApiKey.userErrors}
      done={() => say('已创建', 'Created')}
      result={({ createApiKey }) => <SecretOnce secret={createApiKey.secret} />}
    />
  );
}

function KeyActions({ of }: { readonly of: Key }) {
  const say = useSay();
  return (
    <Space>
      <Action
        label={say('轮换', 'Rotate')}
        size="small"
        description={say(
          `${of.name}：新密钥立即可用，旧密钥在重叠期后失效。`,
          `${of.name}: a new key at once; the old one ends after the overlap.`,
        )}
        fields={[{ name: 'overlap', label: say('重叠（秒）', 'Overlap, in seconds'), kind: 'number' }]}
        initial={{ overlap: '86400' }}
        run={(values) =>
          call(
            RotateApiKeyDocument,
            { input: { id: of.id, overlapSeconds: Number(values['overlap'] ?? 0) } },
            { repeatable: false },
          )
        }
        errorsOf={({ rotateApiKey }) => rotateApiKey.userErrors}
        done={() => say('已轮换', 'Rotated')}
        result={({ rotateApiKey }) => <SecretOnce secret={rotateApiKey.secret} />}
      />
      <Action
        label={say('吊销', 'Revoke')}
        size="small"
        danger
        description={say(
          `立即停止 ${of.name}（${of.principal}）的所有访问。`,
          `Ends every access of ${of.name} (${of.principal}) at once.`,
        )}
        run={() => call(RevokeApiKeyDocument, { input: { id: of.id } }, { repeatable: false })}
        errorsOf={({ revokeApiKey }) => revokeApiKey.userErrors}
        done={() => say('已吊销', 'Revoked')}
      />
    </Space>
  );
}
