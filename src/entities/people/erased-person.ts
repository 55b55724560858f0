import { defineEntity, p } from '@mikro-orm/postgresql';
import { type RawBuilder, type SqlBool, sql } from 'kysely';

export const ErasedPersonSchema = defineEntity({
  name: 'ErasedPerson',
  tableName: 'erased_person',
  properties: {
    /** SHA-256 of the employee number in lower case. */
    numberHash: p.blob().primary(),
    erasedAt: p.datetime(),
  },
});

/** Whom HR does not bring back, because they were erased here. */
export class ErasedPerson extends ErasedPersonSchema.class {}
ErasedPersonSchema.setClass(ErasedPerson);

/** What is kept of the number of an erased person. */
export function numberHash(number: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`sha256(convert_to(lower(${number}), 'UTF8'))`;
}

/** Whether the person of this employee number was erased here. */
export function isNumberErased(number: RawBuilder<unknown>): RawBuilder<SqlBool> {
  return sql<SqlBool>`exists (select 1 from erased_person e where e.number_hash = ${numberHash(number)})`;
}

/** Whether the person of this id is erased: only the id is left. */
export function isPersonErased(person: RawBuilder<unknown>): RawBuilder<SqlBool> {
  return sql<SqlBool>`exists (select 1 from person gone where gone.id = ${person} and gone.erased_at is not null)`;
}
