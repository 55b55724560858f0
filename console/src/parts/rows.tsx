import type { ReactNode } from 'react';
import { useSay } from '../frame/preferences.tsx';
import { type Column, PlainTable } from './table.tsx';

/** A table of everything there is. */
export function Rows<Row extends object>(props: {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly columns: readonly Column<Row>[];
  readonly whenEmpty?: ReactNode;
}) {
  const say = useSay();
  return (
    <div className="list">
      <PlainTable {...props} whenEmpty={props.whenEmpty ?? say('还没有。', 'None yet.')} />
    </div>
  );
}
