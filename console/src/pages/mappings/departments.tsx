import { Space } from 'antd';
import { departmentColumns, departmentMappingOf } from '../../../../clients/files/src/department-columns.ts';
import { call } from '../../api/call.ts';
import {
  DeleteDepartmentMappingsDocument,
  type DepartmentMappingInput,
  DepartmentMappingsDocument,
  type DepartmentMappingsQuery,
  UnmappedDepartmentsDocument,
  UpsertDepartmentMappingsDocument,
} from '../../api/generated/graphql.ts';
import { useData } from '../../api/use-data.ts';
import { type Say, useSay } from '../../frame/preferences.tsx';
import { Action } from '../../parts/action.tsx';
import { Csv } from '../../parts/csv.tsx';
import { DataList, pageOf } from '../../parts/data-list.tsx';
import type { Field } from '../../parts/fields.tsx';
import { useSearch } from '../../parts/go.tsx';
import { Page, Section } from '../../parts/page.tsx';

type Mapping = DepartmentMappingsQuery['departmentMappings']['nodes'][number];

/** Departments of portals and HR, and what they are at the systems. */
export function View() {
  const say = useSay();
  const [search] = useSearch();
  const text = search['search'];
  const query = useData(DepartmentMappingsDocument, { ...pageOf(search), ...(text && { search: text }) });
  return (
    <Page
      title={say('部门映射', 'Department mappings')}
      extra={
        <Space>
          <Upsert
            label={say('添加映射', 'Add mappings')}
            type="primary"
            fields={fieldsOf(say)}
            initial={{}}
          />
          <ImportCsv />
        </Space>
      }
    >
      <Unmapped />
      <DataList<Mapping>
        label={say('部门映射', 'Department mappings')}
        query={{ ...query, data: query.data?.departmentMappings }}
        rowKey={({ id }) => id}
        filters={[{ name: 'search', label: say('部门或 OU', 'Department or OU') }]}
        whenEmpty={say(
          '还没有映射。没有映射的部门无法在 IDaaS 开户。',
          'None yet. Without one, people of a department get no account at IDaaS.',
        )}
        extra={
          <Csv<Mapping>
            name="department-mappings"
            columns={[
              { title: 'idataDepartmentCode', value: (row) => row.idataDepartmentCode },
              { title: 'idaasDepartmentCode', value: (row) => row.idaasDepartmentCode },
              { title: 'ou', value: (row) => row.ou },
            ]}
            read={async (after, signal) =>
              (
                await call(
                  DepartmentMappingsDocument,
                  { first: 100, after, ...(text && { search: text }) },
                  { signal },
                )
              ).departmentMappings
            }
          />
        }
        columns={[
          {
            key: 'from',
            title: say('部门编码', 'Department'),
            render: ({ idataDepartmentCode }) => idataDepartmentCode,
          },
          {
            key: 'to',
            title: say('IDaaS 部门', 'At IDaaS'),
            render: ({ idaasDepartmentCode }) => idaasDepartmentCode,
          },
          { key: 'ou', title: 'OU', render: ({ ou }) => <code>{ou}</code> },
          {
            key: 'do',
            title: '',
            render: (mapping) => (
              <Space>
                <Upsert label={say('修改', 'Change')} fields={fieldsOf(say)} initial={{ ...mapping }} />
                <Remove code={mapping.idataDepartmentCode} />
              </Space>
            ),
          },
        ]}
      />
    </Page>
  );
}

/** Departments that people are in and that are not mapped yet. */
function Unmapped() {
  const say = useSay();
  const { data } = useData(UnmappedDepartmentsDocument, {});
  const missing = data?.unmappedDepartments ?? [];
  if (missing.length === 0) return null;
  return (
    <Section title={say('没有映射的部门', 'Departments without a mapping')}>
      <Space wrap>
        {missing.map(({ departmentCode, people }) => (
          <Upsert
            key={departmentCode}
            label={say(`${departmentCode}（${people} 人）`, `${departmentCode} (${people} people)`)}
            fields={fieldsOf(say)}
            initial={{ idataDepartmentCode: departmentCode }}
          />
        ))}
      </Space>
    </Section>
  );
}

function fieldsOf(say: Say): readonly Field[] {
  return [
    { name: 'idataDepartmentCode', label: say('部门编码', 'Department'), required: true },
    { name: 'idaasDepartmentCode', label: say('IDaaS 部门', 'At IDaaS'), required: true },
    { name: 'ou', label: 'OU', required: true, placeholder: 'OU=D001,OU=Suppliers' },
  ];
}

function Upsert(props: {
  readonly label: string;
  readonly type?: 'primary';
  readonly fields: readonly Field[];
  readonly initial: Readonly<Record<string, string>>;
}) {
  const say = useSay();
  return (
    <Action
      label={props.label}
      title={say('部门映射', 'Department mapping')}
      {...(props.type === undefined ? { size: 'small' as const } : { type: props.type })}
      fields={props.fields}
      initial={props.initial}
      run={(values) =>
        save([mappingOf([values['idataDepartmentCode'], values['idaasDepartmentCode'], values['ou']])])
      }
      errorsOf={({ upsertDepartmentMappings }) => upsertDepartmentMappings.userErrors}
      done={(answer) => doneText(answer, say)}
    />
  );
}

function ImportCsv() {
  const say = useSay();
  return (
    <Action
      label={say('导入', 'Import')}
      title={say('导入部门映射', 'Import department mappings')}
      fields={[
        {
          name: 'rows',
          label: say('每行：部门编码、IDaaS 部门、OU', 'Each line: department, department at IDaaS, OU'),
          kind: 'area',
          required: true,
        },
      ]}
      preview={async (values) => {
        const rows = await rowsOf(values['rows'] ?? '', say);
        const { upsertDepartmentMappings: foreseen } = await save(rows, 'DRY_RUN');
        const { created, updated, unchanged, releasedTasks, userErrors } = foreseen;
        return {
          count: rows.length,
          errors: userErrors,
          button: say(`导入 ${rows.length} 条`, `Import ${rows.length}`),
          shown: (
            <p>
              {say(
                `新增 ${created}，更新 ${updated}，不变 ${unchanged}；${releasedTasks} 个失败的任务会重新排队。`,
                `${created} new, ${updated} changed, ${unchanged} as they are; ${releasedTasks} failed tasks will be queued again.`,
              )}
            </p>
          ),
        };
      }}
      run={async (values) => save(await rowsOf(values['rows'] ?? '', say))}
      errorsOf={({ upsertDepartmentMappings }) => upsertDepartmentMappings.userErrors}
      done={(answer) => doneText(answer, say)}
    />
  );
}

function Remove({ code }: { readonly code: string }) {
  const say = useSay();
  return (
    <Action
      label={say('删除', 'Delete')}
      size="small"
      danger
      description={say(
        `删除部门 ${code} 的映射；之后该部门的人无法在 IDaaS 开户。`,
        `Deletes the mapping of ${code}; its people then get no account at IDaaS.`,
      )}
      run={() =>
        call(
          DeleteDepartmentMappingsDocument,
          { input: { idataDepartmentCodes: [code] } },
          { repeatable: false },
        )
      }
      errorsOf={({ deleteDepartmentMappings }) => deleteDepartmentMappings.userErrors}
      done={({ deleteDepartmentMappings }) =>
        say(`已删除 ${deleteDepartmentMappings.deleted} 条`, `${deleteDepartmentMappings.deleted} deleted`)
      }
    />
  );
}

function save(mappings: readonly DepartmentMappingInput[], mode: 'RUN' | 'DRY_RUN' = 'RUN') {
  return call(
    UpsertDepartmentMappingsDocument,
    { input: { mappings: [...mappings], skipBad: false, mode } },
    { repeatable: true },
  );
}

function mappingOf([from, to, ou]: readonly (string | undefined)[]): DepartmentMappingInput {
  return {
    idataDepartmentCode: from?.trim() ?? '',
    idaasDepartmentCode: to?.trim() ?? '',
    ou: ou?.trim() ?? '',
  };
}

/** @throws Error that tells every bad line, or what the head lacks. */
async function rowsOf(text: string, say: Say): Promise<readonly DepartmentMappingInput[]> {
  const { readPasted } = await import('../../../../clients/files/src/read-pasted.ts');
  const { rows, problems } = readPasted(text, departmentColumns, say);
  if (problems.length > 0)
    throw new Error(
      problems
        .map(({ line, message }) => say(`第 ${line} 行 ${message}`, `line ${line} ${message}`))
        .join(say('；', '; ')),
    );
  return rows.map(departmentMappingOf);
}

function doneText({ upsertDepartmentMappings: answer }: Awaited<ReturnType<typeof save>>, say: Say): string {
  const { created, updated, releasedTasks } = answer;
  return say(
    `新增 ${created}，更新 ${updated}，重新排队 ${releasedTasks} 个任务`,
    `${created} created, ${updated} updated, ${releasedTasks} tasks queued again`,
  );
}
