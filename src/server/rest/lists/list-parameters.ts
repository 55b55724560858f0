import type { QueryParameter } from '../wire/route.ts';
import type { LocalText } from '../wire/texts.ts';

type Schema = Readonly<Record<string, unknown>>;

const pageParameters: readonly QueryParameter[] = [
  {
    name: 'page',
    schema: { type: 'string', pattern: '^([0-9]+|last)$' },
    text: { ZH_CN: '页码，从 1 起；last 为末页', EN: 'Page from 1; last is the last one' },
  },
  {
    name: 'page_size',
    schema: { type: 'integer', minimum: 1, maximum: 100, default: 10 },
    text: { ZH_CN: '每页条数', EN: 'Rows of a page' },
  },
];

const search: LocalText = {
  ZH_CN: '关键词：每个词都出现在某个字段中，不分大小写',
  EN: 'Words, each of which stands in some field, whatever its case',
};

/** Parameters of a list's query string; `filters` has the form of each value, and text is the default. */
export function listParameters(
  list: {
    readonly filters: Readonly<Record<string, unknown>>;
    readonly searched: readonly string[];
    readonly ordered: Readonly<Record<string, string>>;
    readonly order: string;
  } | null,
  filters: Readonly<Record<string, Schema>>,
): QueryParameter[] {
  if (list === null) return [...pageParameters];
  const columns = Object.keys(list.ordered);
  return [
    ...Object.keys(list.filters).map((name) => ({
      name,
      schema: filters[name] ?? { type: 'string' },
      text: { ZH_CN: '筛选', EN: 'Filter' },
    })),
    ...(list.searched.length === 0 ? [] : [{ name: 'search', schema: { type: 'string' }, text: search }]),
    {
      name: 'ordering',
      schema: { type: 'string', default: list.order },
      text: {
        ZH_CN: `排序字段，逗号分隔，前加 - 为倒序：${columns.join('、')}`,
        EN: `Columns to order by, with commas between and - before for descending: ${columns.join(', ')}`,
      },
    },
    ...pageParameters,
  ];
}
