import { Empty, Table } from 'antd';
import type { ReactNode } from 'react';
import type { Column } from './data-list.tsx';

/** A table of everything there is. */
export function Rows<Row extends object>(props: {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly columns: readonly Column<Row>[];
  readonly whenEmpty?: ReactNode;
}) {
  const { label, rows, rowKey, columns, whenEmpty } = props;
  return (
    <div className="list">
      <Table<Row>
        aria-label={label}
        size="small"
        rowKey={rowKey}
        dataSource={[...rows]}
        pagination={false}
        {...(rows.length > 0 && { scroll: { x: 'max-content' } })}
        columns={columns.map(({ key, title, render, width }) => ({
          key,
          title,
          ...(width !== undefined && { width }),
          render: (_: unknown, row: Row) => render(row),
        }))}
        locale={{
          emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={whenEmpty ?? label} />,
        }}
      />
    </div>
  );
}
