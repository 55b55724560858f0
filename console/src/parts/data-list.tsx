import { Button, Space } from 'antd';
import type { ReactNode } from 'react';
import { useSay } from '../frame/preferences.tsx';
import { CallError } from './explain.tsx';
import { Control, type Field } from './fields.tsx';
import { type Search, useSearch } from './go.tsx';
import { Waiting } from './page.tsx';
import { type Column, PlainTable, type Selection } from './table.tsx';

export type { Column } from './table.tsx';

/** Rows of one page of a list. */
export const PAGE = 50;

interface Connection<Row> {
  readonly nodes: readonly Row[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor?: string | null;
    readonly endCursor?: string | null;
  };
  readonly totalCount?: number;
}

interface DataListProps<Row> {
  /** For readers of screens. */
  readonly label: string;
  readonly query: {
    readonly data: Connection<Row> | undefined;
    readonly error: unknown;
    readonly isFetching: boolean;
    readonly refetch: () => unknown;
  };
  readonly columns: readonly Column<Row>[];
  readonly rowKey: (row: Row) => string;
  readonly filters?: readonly Field[];
  /** The first step to take, where nothing is filtered and nothing is there. */
  readonly whenEmpty: ReactNode;
  readonly extra?: ReactNode;
  /** Cursors of several lists on one page do not mix. */
  readonly prefix?: string;
  readonly selection?: Selection;
}

/** Which page of a list the address asks for. */
export function pageOf(search: Search, prefix = '', size = PAGE) {
  const after = search[`${prefix}after`];
  const before = search[`${prefix}before`];
  return before === undefined
    ? { first: size, ...(after !== undefined && { after }) }
    : { last: size, before };
}

/** A list of the API with its filters; filters and page stand in the address. */
export function DataList<Row extends object>(props: DataListProps<Row>) {
  const { label, query, columns, rowKey, filters = [], extra, prefix = '' } = props;
  const say = useSay();
  const [search, change] = useSearch();
  const { data, error } = query;
  const active = filters.filter(({ name }) => search[name]);
  const leave: Search = { [`${prefix}after`]: undefined, [`${prefix}before`]: undefined };
  return (
    <div className="list">
      {(filters.length > 0 || extra) && (
        <search className="filters">
          {filters.map((field) => (
            <Control
              key={field.name}
              field={field}
              value={search[field.name] ?? ''}
              onChange={(value) => change({ ...leave, [field.name]: value })}
            />
          ))}
          {active.length > 0 && (
            <Button
              type="link"
              onClick={() =>
                change({ ...leave, ...Object.fromEntries(filters.map(({ name }) => [name, undefined])) })
              }
            >
              {say('清除筛选', 'Clear filters')}
            </Button>
          )}
          {extra}
        </search>
      )}
      {error !== null && <CallError error={error} onRetry={() => void query.refetch()} />}
      {data === undefined ? (
        error === null && <Waiting />
      ) : (
        <>
          <PlainTable
            label={label}
            rows={data.nodes}
            rowKey={rowKey}
            columns={columns}
            whenEmpty={<NothingFound active={active} whenEmpty={props.whenEmpty} />}
            selection={props.selection}
          />
          <Pager data={data} leave={leave} prefix={prefix} change={change} />
        </>
      )}
    </div>
  );
}

function NothingFound({
  active,
  whenEmpty,
}: {
  readonly active: readonly Field[];
  readonly whenEmpty: ReactNode;
}) {
  const say = useSay();
  const names = active.map(({ label }) => label).join(say('、', ', '));
  return active.length === 0
    ? whenEmpty
    : say(`没有符合筛选条件的数据：${names}`, `Nothing fits these filters: ${names}`);
}

function Pager<Row>(props: {
  readonly data: Connection<Row>;
  readonly leave: Search;
  readonly prefix: string;
  readonly change: (search: Search) => void;
}) {
  const { data, leave, prefix, change } = props;
  const say = useSay();
  const { hasNextPage, hasPreviousPage, startCursor, endCursor } = data.pageInfo;
  return (
    <Space className="pager">
      {data.totalCount !== undefined && (
        <span className="quiet">{say(`共 ${data.totalCount} 条`, `${data.totalCount} in all`)}</span>
      )}
      {(hasPreviousPage || hasNextPage) && (
        <>
          <Button
            disabled={!hasPreviousPage}
            onClick={() => change({ ...leave, [`${prefix}before`]: startCursor ?? undefined })}
          >
            {say('上一页', 'Previous')}
          </Button>
          <Button
            disabled={!hasNextPage}
            onClick={() => change({ ...leave, [`${prefix}after`]: endCursor ?? undefined })}
          >
            {say('下一页', 'Next')}
          </Button>
        </>
      )}
    </Space>
  );
}
