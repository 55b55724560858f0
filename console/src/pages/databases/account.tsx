import { useParams } from '@tanstack/react-router';
import { Space } from 'antd';
import { call } from '../../api/call.ts';
import {
  ClassifyDatabaseAccountDocument,
  DatabaseAccountDocument,
  type DatabaseAccountQuery,
  LinkDatabaseAccountDocument,
} from '../../api/generated/graphql.ts';
import { useData } from '../../api/use-data.ts';
import { useSay } from '../../frame/preferences.tsx';
import { useMay } from '../../frame/viewer.tsx';
import { Action } from '../../parts/action.tsx';
import { Facts, Json } from '../../parts/facts.tsx';
import { Go } from '../../parts/go.tsx';
import { Id } from '../../parts/id.tsx';
import { Loaded, NotThere, Page, Section } from '../../parts/page.tsx';
import { State } from '../../parts/state.tsx';
import { When } from '../../parts/when.tsx';
import { Changes } from './changes.tsx';
import { Permissions } from './permissions.tsx';
import { listOf } from './register.tsx';

type Account = NonNullable<DatabaseAccountQuery['databaseAccount']>;

/** One account of a database: whose it is, what it may do and how that came, and what changed. */
export function View() {
  const { id: given = '' } = useParams({ strict: false });
  const id = decodeURIComponent(given);
  const query = useData(DatabaseAccountDocument, { id });
  const account = query.data?.databaseAccount ?? null;
  return (
    <Page title={account?.displayName ?? id} extra={account && <AccountActions account={account} />}>
      <Loaded query={query}>
        {({ databaseAccount }) =>
          databaseAccount === null ? <NotThere id={id} /> : <Whole account={databaseAccount} />
        }
      </Loaded>
    </Page>
  );
}

function Whole({ account }: { readonly account: Account }) {
  const say = useSay();
  const { person } = account;
  return (
    <>
      <Section title={say('账号', 'Account')} extra={<State of="databaseAccount" value={account.state} />}>
        <Facts
          of={[
            [say('实例', 'Instance'), `${account.instance.name} (${account.instance.engine})`],
            [say('名称', 'Name'), <Id key="name" id={account.displayName} />],
            [
              say('人员', 'Person'),
              <span key="person">
                {person && (
                  <Go to={`/people/${encodeURIComponent(person.employeeNumber)}`}>
                    {person.fullName} {person.employeeNumber}
                  </Go>
                )}{' '}
                <State of="personMatch" value={account.personMatch} /> {account.personMatchReason}
              </span>,
            ],
            [say('分类', 'Classes'), account.classifications.map(({ name }) => name).join(', ') || null],
            [say('成员于', 'Member of'), account.memberOf.join(', ') || null],
            [say('生效角色', 'Effective roles'), account.effectiveRoles.join(', ') || null],
            [
              say('锁定', 'Locked'),
              account.locked ? account.lockReasons.join('; ') || say('是', 'yes') : null,
            ],
            [
              say('到期', 'Expires'),
              account.expiresAt ? <When key="expires" at={account.expiresAt} /> : null,
            ],
            [
              say('上次登录', 'Last login'),
              account.lastLoginAt ? <When key="login" at={account.lastLoginAt} /> : null,
            ],
            [say('首次看到', 'First seen'), <When key="first" at={account.firstSeenAt} />],
            [say('上次看到', 'Last seen'), <When key="last" at={account.lastSeenAt} />],
            [
              say('消失', 'Disappeared'),
              account.disappearedAt ? <When key="gone" at={account.disappearedAt} /> : null,
            ],
          ]}
        />
        {account.capabilityReasons.length > 0 && (
          <ul className="plain">
            {account.capabilityReasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        )}
      </Section>
      <Section title={say('权限', 'Permissions')}>
        <Permissions accountId={account.id} />
      </Section>
      <Section title={say('变更', 'Changes')}>
        <Changes accountId={account.id} />
      </Section>
      <Section title={say('属性', 'Attributes')}>
        <Json value={account.attributes} />
      </Section>
    </>
  );
}

function AccountActions({ account }: { readonly account: Account }) {
  const may = useMay();
  if (!may('operate')) return null;
  return (
    <Space wrap>
      <Classify account={account} />
      <Link account={account} />
    </Space>
  );
}

function Classify({ account }: { readonly account: Account }) {
  const say = useSay();
  return (
    <Action
      label={say('手工分类', 'Classify')}
      description={say(
        '手工指定的分类不受规则影响，直到再次修改。',
        'What is said by hand stands, whatever the rules give, until it is said anew.',
      )}
      fields={[
        { name: 'add', label: say('加入', 'Put into'), kind: 'several' },
        {
          name: 'remove',
          label: say('移出', 'Take out of'),
          kind: 'several',
          options: account.classifications.map(({ code, name }) => ({
            value: code,
            label: `${name} (${code})`,
          })),
        },
      ]}
      run={async (values) => {
        const input = { accountId: account.id, add: listOf(values['add']), remove: listOf(values['remove']) };
        return (await call(ClassifyDatabaseAccountDocument, { input }, { repeatable: false }))
          .classifyDatabaseAccount;
      }}
      errorsOf={({ userErrors }) => userErrors}
      done={() => say('已记录', 'Recorded')}
    />
  );
}

function Link({ account }: { readonly account: Account }) {
  const say = useSay();
  return (
    <Action
      label={say('指定人员', 'Say whose')}
      fields={[
        {
          name: 'number',
          label: say('工号', 'Employee number'),
          hint: say('留空：不属于任何人（服务账号）', 'Left empty: nobody’s, a service account'),
        },
      ]}
      initial={{ number: account.person?.employeeNumber ?? '' }}
      run={(values) =>
        call(
          LinkDatabaseAccountDocument,
          { input: { accountId: account.id, employeeNumber: values['number'] || null } },
          { repeatable: false },
        )
      }
      errorsOf={({ linkDatabaseAccount }) => linkDatabaseAccount.userErrors}
      done={() => say('已记录', 'Recorded')}
    />
  );
}
