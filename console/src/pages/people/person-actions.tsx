import { Space } from 'antd';
import { call } from '../../api/call.ts';
import {
  ErasePersonDocument,
  ExportPersonDocument,
  SetPersonIdentifiersDocument,
} from '../../api/generated/graphql.ts';
import { useSay } from '../../frame/preferences.tsx';
import { useMay } from '../../frame/viewer.tsx';
import { Action } from '../../parts/action.tsx';
import { Json } from '../../parts/facts.tsx';

interface Person {
  readonly employeeNumber: string;
  readonly username?: string | null;
  readonly emailAddress?: string | null;
}

/** Actions on a person as a whole. */
export function PersonActions({ person }: { readonly person: Person }) {
  const say = useSay();
  const may = useMay();
  const { employeeNumber } = person;
  return (
    <Space wrap>
      {may('operate') && (
        <Action
          label={say('更改登录名', 'Change names')}
          title={say('更改登录名和邮箱前缀', 'Change login and e-mail name')}
          fields={[
            { name: 'username', label: say('登录名', 'Login') },
            { name: 'emailLocalPart', label: say('邮箱前缀', 'E-mail name, before the @') },
          ]}
          initial={{ username: person.username ?? '' }}
          run={(values) =>
            call(
              SetPersonIdentifiersDocument,
              {
                input: {
                  employeeNumber,
                  ...(values['username'] &&
                    values['username'] !== person.username && { username: values['username'] }),
                  ...(values['emailLocalPart'] && { emailLocalPart: values['emailLocalPart'] }),
                },
              },
              { repeatable: false },
            )
          }
          errorsOf={({ setPersonIdentifiers }) => setPersonIdentifiers.userErrors}
          done={({ setPersonIdentifiers: { requeuedTasks } }) =>
            say(`已设置，${requeuedTasks} 个任务重新排队`, `Set; ${requeuedTasks} tasks queued again`)
          }
        />
      )}
      {may('admin') && <AdminActions employeeNumber={employeeNumber} />}
    </Space>
  );
}

function AdminActions({ employeeNumber }: { readonly employeeNumber: string }) {
  const say = useSay();
  const reason = { name: 'reason', label: say('原因（记入审计）', 'Reason, for the audit'), required: true };
  return (
    <Space wrap>
      <Action
        label={say('导出', 'Export')}
        title={say('导出个人数据', 'Export what is stored of this person')}
        fields={[reason]}
        run={(values) =>
          call(
            ExportPersonDocument,
            { input: { employeeNumber, reason: values['reason'] ?? '' } },
            { repeatable: false },
          )
        }
        errorsOf={({ exportPerson }) => exportPerson.userErrors}
        done={() => say('已导出', 'Exported')}
        result={({ exportPerson }) => <Json value={exportPerson.document} />}
      />
      <Action
        label={say('删除个人数据', 'Erase')}
        title={say('删除个人数据', 'Erase what is stored of this person')}
        danger
        fields={[reason]}
        typed={employeeNumber}
        preview={async (values) => {
          const input = { employeeNumber, reason: values['reason'] ?? '', mode: 'DRY_RUN' } as const;
          const { erasePerson } = await call(ErasePersonDocument, { input });
          const count = erasePerson.counts.reduce((sum, { rows }) => sum + rows, 0);
          return {
            count,
            errors: erasePerson.userErrors,
            button: say(`删除 ${count} 行`, `Erase ${count} rows`),
            shown: (
              <ul className="plain">
                {erasePerson.counts.map(({ table, rows }) => (
                  <li key={table}>
                    <code>{table}</code> {rows}
                  </li>
                ))}
              </ul>
            ),
          };
        }}
        run={(values) =>
          call(
            ErasePersonDocument,
            { input: { employeeNumber, reason: values['reason'] ?? '', mode: 'RUN' } },
            { repeatable: false },
          )
        }
        errorsOf={({ erasePerson }) => erasePerson.userErrors}
        done={() => say('已删除', 'Erased')}
      />
    </Space>
  );
}
