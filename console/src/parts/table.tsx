import './table.css';
import { Empty } from 'antd';
import type { ReactNode } from 'react';

export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  readonly render: (row: Row) => ReactNode;
  /** Numbers stand under each other by their last digit. */
  readonly isNumber?: boolean;
  /** A number or a word or two, which stands in one line. */
  readonly isShort?: boolean;
}

/** Which rows are chosen, and how one is. */
export interface Selection {
  readonly chosen: ReadonlySet<string>;
  readonly toggle: (key: string) => void;
  /** Names the box of a row for readers of screens. */
  readonly label: (key: string) => string;
}

function classOf({ isNumber, isShort }: Pick<Column<never>, 'isNumber' | 'isShort'>): string | undefined {
  if (isNumber) return 'number';
  return isShort ? 'short' : undefined;
}

/** A table as HTML has it: on a narrow screen each row is a card, whose cells say which column they are of. */
export function PlainTable<Row>(props: {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly columns: readonly Column<Row>[];
  readonly whenEmpty: ReactNode;
  readonly selection?: Selection | undefined;
}) {
  const { label, rows, rowKey, columns, whenEmpty, selection } = props;
  if (rows.length === 0)
    return (
      <div className="nothing">
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={whenEmpty} />
      </div>
    );
  // Roles are said, because a browser forgets those of a table whose rows are shown as blocks.
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className="table-scroll" aria-label={label} tabIndex={0}>
      {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
      <table className="table" role="table" aria-label={label}>
        {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
        <thead role="rowgroup">
          {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
          <tr role="row">
            {selection && <td />}
            {columns.map(({ key, title, isNumber }) => (
              // biome-ignore lint/a11y/noRedundantRoles: see above
              <th key={key} scope="col" role="columnheader" className={isNumber ? 'number' : undefined}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
        <tbody role="rowgroup">
          {rows.map((row) => {
            const key = rowKey(row);
            return (
              // biome-ignore lint/a11y/noRedundantRoles: see above
              <tr key={key} role="row" className="table-row">
                {selection && (
                  // biome-ignore lint/a11y/noRedundantRoles: see above
                  <td role="cell">
                    <input
                      type="checkbox"
                      aria-label={selection.label(key)}
                      checked={selection.chosen.has(key)}
                      onChange={() => selection.toggle(key)}
                    />
                  </td>
                )}
                {columns.map((column) => (
                  <td
                    key={column.key}
                    // biome-ignore lint/a11y/noRedundantRoles: see above
                    role="cell"
                    data-title={column.title}
                    className={classOf(column)}
                  >
                    <div className="cell">{column.render(row)}</div>
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
