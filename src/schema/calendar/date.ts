import { GraphQLError } from 'graphql';
import { builder } from '../building/builder.ts';

const DATE = /^\d{4}-\d\d-\d\d$/;

/** A day of the school's calendar. */
export const DateScalar = builder.scalarType('Date', {
  description: "A day, `2025-03-04`, in the school's zone.",
  serialize: (value) => value,
  parseValue: (value) => {
    if (typeof value === 'string' && DATE.test(value)) {
      const parsed = new Date(`${value}T00:00:00Z`);
      if (!Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(value)) return value;
    }
    throw new GraphQLError('A Date is a text like "2025-03-04".');
  },
});
