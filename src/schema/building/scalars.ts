import { GraphQLError, type ValueNode, valueFromASTUntyped } from 'graphql';
import { formatDateTime, parseDateTime } from './date-time.ts';

/** Options of the scalar `DateTime`. */
export const dateTime = {
  description: 'A moment, RFC 3339 in UTC: `2026-11-22T03:28:16.023Z`. Input takes any offset.',
  serialize: (value: unknown) => {
    if (typeof value === 'string' || value instanceof Date) return formatDateTime(value);
    throw new TypeError('A DateTime is made of a Date or of the text Postgres prints.');
  },
  parseValue: (value: unknown) => {
    const moment = typeof value === 'string' ? parseDateTime(value) : null;
    if (moment !== null) return moment;
    throw new GraphQLError(
      'A DateTime is a text like "2026-11-22T03:28:16Z" or "2026-11-22T11:28:16+08:00".',
    );
  },
};

/** Options of the scalar `JSON`. */
export const json = {
  description: 'Any JSON value.',
  serialize: (value: unknown) => value,
  parseValue: (value: unknown) => value,
  parseLiteral: (node: ValueNode, variables?: Record<string, unknown> | null) =>
    valueFromASTUntyped(node, variables),
};
