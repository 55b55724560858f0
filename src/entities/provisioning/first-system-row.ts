import { defineEntity, p } from '@mikro-orm/postgresql';

export const FirstSystemRowSchema = defineEntity({
  name: 'FirstSystemRow',
  tableName: 'first_system_row',
  properties: {
    tableName: p.string().primary(),
    /** The first system's key of the row. */
    oldKey: p.string().primary(),
    /** Of everything that was read of it: a row as it was is left alone. */
    contentHash: p.string(),
    /** Of a request: its id, and the state it was in. */
    subject: p.string().nullable(),
    was: p.string().nullable(),
    importedAt: p.datetime(),
  },
});

/** A row of the first system that was taken over. */
export class FirstSystemRow extends FirstSystemRowSchema.class {}
FirstSystemRowSchema.setClass(FirstSystemRow);
