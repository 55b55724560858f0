import { defineEntity, p } from '@mikro-orm/postgresql';
import { blockPolicies, termStatuses } from '../../domain/calendar/states.ts';

export const TermSchema = defineEntity({
  name: 'Term',
  tableName: 'term',
  properties: {
    id: p.bigint('string').primary(),
    /** As the source writes it: `2024-2025-2`. */
    code: p.string(),
    status: p.enum(termStatuses),
    blockPolicy: p.enum(blockPolicies),
    /** Current rows of the last extract, refused ones included. */
    lessonCount: p.integer(),
    refusedCount: p.integer(),
    conflictCount: p.integer(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

/** A term of the timetable, known from the first run that named it. */
export class Term extends TermSchema.class {}
TermSchema.setClass(Term);
