import { ClassificationRulesDocument, type ClassificationRulesQuery } from '../../api/generated/graphql.ts';
import { useData } from '../../api/use-data.ts';
import { useSay } from '../../frame/preferences.tsx';
import { Json } from '../../parts/facts.tsx';
import { addressOf, Go } from '../../parts/go.tsx';
import { Loaded } from '../../parts/page.tsx';
import { Rows } from '../../parts/rows.tsx';
import { State } from '../../parts/state.tsx';
import { NewRule, OneRule } from './rule-actions.tsx';

type Rule = ClassificationRulesQuery['databaseClassificationRules'][number];

/** By which rules accounts are classified, and how many fit. */
export function Rules() {
  const say = useSay();
  const query = useData(ClassificationRulesDocument, {});
  return (
    <Loaded query={query}>
      {({ databaseClassificationRules }) => (
        <>
          <NewRule />
          <Rows<Rule>
            label={say('分类规则', 'Classification rules')}
            rows={databaseClassificationRules}
            rowKey={({ id }) => id}
            columns={[
              {
                key: 'name',
                title: say('分类', 'Class'),
                render: ({ name, code }) => (
                  <>
                    {name} <code>{code}</code>
                  </>
                ),
              },
              {
                key: 'on',
                title: say('状态', 'State'),
                render: ({ enabled }) => <State of="enabled" value={enabled} />,
              },
              {
                key: 'engines',
                title: say('引擎', 'Engines'),
                render: ({ engines }) => engines.join(', ') || say('全部', 'all'),
              },
              {
                key: 'accounts',
                title: say('账号', 'Accounts'),
                render: ({ accounts, code }) => (
                  <Go to={addressOf('/databases', { tab: 'accounts', classification: code })}>{accounts}</Go>
                ),
              },
              { key: 'when', title: say('条件', 'When'), render: ({ when }) => <Json value={when} /> },
              { key: 'do', title: '', render: (rule) => <OneRule rule={rule} /> },
            ]}
          />
        </>
      )}
    </Loaded>
  );
}
