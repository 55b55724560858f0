import { useSay } from '../../frame/preferences.tsx';
import { useSearch } from '../../parts/go.tsx';
import { Page } from '../../parts/page.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { Accounts } from './accounts.tsx';
import { Changes } from './changes.tsx';
import { Instances } from './instances.tsx';
import { Leavers } from './leavers.tsx';
import { InstanceActions } from './register.tsx';
import { Rules } from './rules.tsx';
import { WhoCan } from './who-can.tsx';

/** Remote databases: their accounts, the rights of these, and the changes. */
export function View() {
  const say = useSay();
  const [search, change] = useSearch();
  const tab = search['tab'] ?? 'instances';
  return (
    <Page title={say('数据库', 'Databases')} extra={<InstanceActions />}>
      <Tabs
        label={say('视图', 'View')}
        active={tab}
        onPick={(key) => change({ tab: key, after: undefined, before: undefined })}
        tabs={[
          { key: 'instances', label: say('实例', 'instances') },
          { key: 'accounts', label: say('账号', 'accounts') },
          { key: 'changes', label: say('变更', 'changes') },
          { key: 'who-can', label: say('谁能做什么', 'who can') },
          { key: 'rules', label: say('分类规则', 'classification') },
          { key: 'leavers', label: say('离职人员', 'leavers') },
        ]}
      />
      {tab === 'instances' && <Instances />}
      {tab === 'accounts' && <Accounts />}
      {tab === 'changes' && <Changes accountId={null} />}
      {tab === 'who-can' && <WhoCan />}
      {tab === 'rules' && <Rules />}
      {tab === 'leavers' && <Leavers />}
    </Page>
  );
}
