import { GraphQLError, valueFromASTUntyped } from 'graphql';
import type { Builder } from './builder.ts';
import { formatDateTime, parseDateTime } from './date-time.ts';

/** `DateTime` and `JSON`. */
export function addScalars(builder: Builder): void {
  builder.scalarType('DateTime', {
    description: 'A moment, RFC 3339 in UTC: `2026-11-22T03:28:16.023Z`. Input takes any offset.',
    serialize: (value) => {
      if (typeof value === 'string' || value instanceof Date) return formatDateTime(value);
      throw new TypeError('A DateTime is made of a Date or of the text Postgres prints.');
    },
    parseValue: (value) => {
      const moment = typeof value === 'string' ? parseDateTime(value) : null;
      if (moment !== null) return moment;
      throw new GraphQLError(
        'A DateTime is a text like "2026-11-22T03:28:16Z" or "2026-11-22T11:28:16+08:00".',
      );
    },
  });
  builder.scalarType('JSON', {
    description: 'Any JSON value.',
    serialize: (value) => value,
    parseValue: (value) => value,
    parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
  });
}
