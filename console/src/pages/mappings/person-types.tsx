import { Space } from 'antd';
import { call } from '../../api/call.ts';
import {
  DeletePersonTypeMappingDocument,
  PersonTypeMappingsDocument,
  type PersonTypeMappingsQuery,
  UpsertPersonTypeMappingsDocument,
} from '../../api/generated/graphql.ts';
import { useData } from '../../api/use-data.ts';
import { useSay } from '../../frame/preferences.tsx';
import { Action } from '../../parts/action.tsx';
import { Loaded, Page } from '../../parts/page.tsx';
import { Rows } from '../../parts/rows.tsx';
import { State } from '../../parts/state.tsx';

type Mapping = PersonTypeMappingsQuery['personTypeMappings'][number];

/** Types of people, and what they are at the systems. */
export function View() {
  const say = useSay();
  const query = useData(PersonTypeMappingsDocument, {});
  return (
    <Page
      title={say('人员类型映射', 'Person type mappings')}
      extra={<Upsert label={say('添加人员类型', 'Add person type')} mapping={null} />}
    >
      <Loaded query={query}>
        {({ personTypeMappings }) => (
          <Rows<Mapping>
            label={say('人员类型映射', 'Person type mappings')}
            rows={personTypeMappings}
            rowKey={({ id }) => id}
            columns={[
              { key: 'type', title: say('人员类型', 'Type'), render: ({ personType }) => personType },
              {
                key: 'aliases',
                title: say('别名', 'Aliases'),
                render: ({ aliases }) => aliases.join(', ') || '–',
              },
              {
                key: 'domain',
                title: say('邮箱域名', 'E-mail domain'),
                render: ({ emailDomain }) => emailDomain ?? '–',
              },
              { key: 'idaas', title: 'IDaaS', render: ({ idaasUserType }) => idaasUserType },
              { key: 'welink', title: 'WeLink', render: ({ welinkPersonType }) => welinkPersonType },
              {
                key: 'on',
                title: say('状态', 'State'),
                render: ({ isActive }) => <State of="enabled" value={isActive} />,
              },
              {
                key: 'about',
                title: say('说明', 'Description'),
                render: ({ description }) => description ?? '',
              },
              {
                key: 'do',
                title: '',
                render: (mapping) => (
                  <Space>
                    <Upsert label={say('修改', 'Change')} mapping={mapping} />
                    <Action
                      label={say('删除', 'Delete')}
                      size="small"
                      danger
                      description={say(
                        `删除 ${mapping.personType} 的映射。`,
                        `Deletes the mapping of ${mapping.personType}.`,
                      )}
                      run={() =>
                        call(
                          DeletePersonTypeMappingDocument,
                          { input: { personType: mapping.personType } },
                          { repeatable: false },
                        )
                      }
                      errorsOf={({ deletePersonTypeMapping }) => deletePersonTypeMapping.userErrors}
                      done={() => say('已删除', 'Deleted')}
                    />
                  </Space>
                ),
              },
            ]}
          />
        )}
      </Loaded>
    </Page>
  );
}

function Upsert({ label, mapping }: { readonly label: string; readonly mapping: Mapping | null }) {
  const say = useSay();
  return (
    <Action
      label={label}
      title={say('人员类型映射', 'Person type mapping')}
      {...(mapping === null ? { type: 'primary' as const } : { size: 'small' as const })}
      fields={[
        { name: 'personType', label: say('人员类型', 'Type'), required: true },
        { name: 'aliases', label: say('别名', 'Aliases'), kind: 'several' },
        { name: 'emailDomain', label: say('邮箱域名', 'E-mail domain') },
        { name: 'idaasUserType', label: 'IDaaS', required: true },
        { name: 'welinkPersonType', label: 'WeLink', required: true },
        { name: 'isActive', label: say('启用', 'On'), kind: 'switch' },
        { name: 'description', label: say('说明', 'Description') },
      ]}
      initial={{
        personType: mapping?.personType ?? '',
        aliases: mapping?.aliases.join(',') ?? '',
        emailDomain: mapping?.emailDomain ?? '',
        idaasUserType: mapping?.idaasUserType ?? '',
        welinkPersonType: mapping?.welinkPersonType ?? '',
        isActive: String(mapping?.isActive ?? true),
        description: mapping?.description ?? '',
      }}
      run={(values) =>
        call(
          UpsertPersonTypeMappingsDocument,
          {
            input: {
              mappings: [
                {
                  personType: values['personType'] ?? '',
                  aliases: (values['aliases'] ?? '').split(',').filter((alias) => alias !== ''),
                  emailDomain: values['emailDomain'] || null,
                  idaasUserType: values['idaasUserType'] ?? '',
                  welinkPersonType: values['welinkPersonType'] ?? '',
                  isActive: values['isActive'] === 'true',
                  description: values['description'] || null,
                },
              ],
            },
          },
          { repeatable: false },
        )
      }
      errorsOf={({ upsertPersonTypeMappings }) => upsertPersonTypeMappings.userErrors}
      done={({ upsertPersonTypeMappings: { releasedTasks } }) =>
        say(`已保存，${releasedTasks} 个任务重新排队`, `Saved; ${releasedTasks} tasks queued again`)
      }
    />
  );
}
