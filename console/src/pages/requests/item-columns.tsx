import type { AllItemsQuery, RequestItemStatus } from '../../api/generated/graphql.ts';
import type { Say } from '../../frame/preferences.tsx';
import { Explain } from '../../parts/explain.tsx';
import { Go } from '../../parts/go.tsx';
import { State } from '../../parts/state.tsx';
import type { Column } from '../../parts/table.tsx';

/** States of a person of a request, for filters. */
export const itemStatuses = [
  'PENDING',
  'SYNCED',
  'TASK_CREATED',
  'COMPLETED',
  'FAILED',
  'CANCELLED',
] as const satisfies readonly RequestItemStatus[];

type Item = Pick<
  AllItemsQuery['requestItems']['nodes'][number],
  'employeeNumber' | 'employeeName' | 'departmentCode' | 'status' | 'explanation' | 'error' | 'advice'
>;

/** Columns of people of requests that every list of them has. */
export function itemColumns(say: Say): {
  readonly person: readonly Column<Item>[];
  readonly status: Column<Item>;
  readonly why: Column<Item>;
} {
  return {
    person: [
      {
        key: 'number',
        title: say('工号', 'Number'),
        isShort: true,
        render: ({ employeeNumber }) => (
          <Go to={`/people/${encodeURIComponent(employeeNumber)}`}>{employeeNumber}</Go>
        ),
      },
      { key: 'name', title: say('姓名', 'Name'), isShort: true, render: ({ employeeName }) => employeeName },
      {
        key: 'department',
        title: say('部门', 'Department'),
        isShort: true,
        render: ({ departmentCode }) => departmentCode,
      },
    ],
    status: {
      key: 'status',
      title: say('状态', 'Status'),
      render: ({ status }) => <State of="item" value={status} />,
    },
    why: {
      key: 'why',
      title: say('说明', 'Explanation'),
      render: ({ explanation, error, advice }) =>
        error === null ? (
          explanation && <div className="explain">{explanation}</div>
        ) : (
          <Explain failure={{ ...error, message: explanation ?? error.message, advice }} />
        ),
    },
  };
}
