import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

const types: Readonly<Record<string, string>> = {
  boolean: '布尔值（true 或 false）',
  string: '文本',
  number: '数字',
  int: '整数',
  array: '列表',
  record: '对象',
  object: '对象',
  null: '空值',
};
const formats: Readonly<Record<string, string>> = {
  datetime: '带时区的时间，如 2026-11-22T18:00:00+08:00',
};

/**
 * Describes the problem that a schema found with a value, in Chinese throughout: zod's own texts keep English words.
 */
export function describeIssueZh(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `应为${types[issue.expected] ?? issue.expected}`;
    case 'too_small':
      return boundText(issue, { sign: issue.inclusive === false ? '>' : '>=', limit: issue.minimum });
    case 'too_big':
      return boundText(issue, { sign: issue.inclusive === false ? '<' : '<=', limit: issue.maximum });
    case 'invalid_value':
      return `应为 ${issue.values.map((value) => JSON.stringify(value)).join('|')} 之一`;
    case 'invalid_format':
      return `格式不符，应为${formats[issue.format] ?? ` ${issue.format}`}`;
    case 'unrecognized_keys':
      return `有不认识的字段 ${issue.keys.map((key) => JSON.stringify(key)).join('、')}`;
    case 'not_multiple_of':
      return `应为 ${issue.divisor} 的倍数`;
    default:
      return '值不符合要求';
  }
}

function boundText(
  issue: { readonly origin: string; readonly exact?: boolean | undefined },
  { sign, limit }: { readonly sign: string; readonly limit: number | bigint },
): string {
  const bound = issue.exact === true ? `应正好为 ${limit}` : `应 ${sign}${limit}`;
  switch (issue.origin) {
    case 'string':
      return `${bound} 个字符`;
    case 'array':
    case 'set':
      return `${bound} 项`;
    default:
      return bound;
  }
}
