import { call } from '../../api/call.ts';
import { UpdateRequestItemDocument } from '../../api/generated/graphql.ts';
import { useSay } from '../../frame/preferences.tsx';
import { useMay } from '../../frame/viewer.tsx';
import { Action } from '../../parts/action.tsx';

interface Correctable {
  readonly position: number;
  readonly employeeName: string;
  readonly departmentCode: string;
  readonly phoneNumber: string;
  readonly partnerCompany?: string | null;
  readonly country: string;
}

const names = ['employeeName', 'phoneNumber', 'departmentCode', 'partnerCompany', 'country'] as const;

/** Corrects what a request says of a person; tasks that failed for it go on by themselves. */
export function CorrectItem({ requestId, item }: { readonly requestId: string; readonly item: Correctable }) {
  const say = useSay();
  const may = useMay();
  if (!may('requests:write', 'operate')) return null;
  // Masked texts are not what is stored: without the scope they are left empty, and stay as they are.
  const canSee = may('people:pii');
  const before: Record<string, string> = {
    employeeName: canSee ? item.employeeName : '',
    phoneNumber: canSee ? item.phoneNumber : '',
    departmentCode: item.departmentCode,
    partnerCompany: item.partnerCompany ?? '',
    country: item.country,
  };
  const hint = canSee ? undefined : say('留空则不变', 'left empty: unchanged');
  return (
    <Action
      label={say('更正', 'Correct')}
      title={say('更正人员信息', 'Correct what the request says')}
      size="small"
      fields={[
        { name: 'employeeName', label: say('姓名', 'Name'), hint },
        { name: 'phoneNumber', label: say('手机号', 'Phone'), hint },
        { name: 'departmentCode', label: say('部门编码', 'Department') },
        { name: 'partnerCompany', label: say('合作公司', 'Company') },
        { name: 'country', label: say('国家', 'Country') },
      ]}
      initial={before}
      run={(values) => {
        const changed = names.filter((name) => (values[name] ?? '').trim() !== before[name]);
        const changes = Object.fromEntries(changed.map((name) => [name, (values[name] ?? '').trim()]));
        return call(
          UpdateRequestItemDocument,
          { input: { requestId, position: item.position, ...changes } },
          { repeatable: false },
        );
      }}
      errorsOf={({ updateRequestItem }) => updateRequestItem.userErrors}
      done={({ updateRequestItem: { requeuedTasks } }) =>
        say(`已更正，${requeuedTasks} 个任务重新排队`, `Corrected; ${requeuedTasks} tasks queued again`)
      }
    />
  );
}
