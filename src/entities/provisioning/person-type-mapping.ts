import { defineEntity, p } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import type { ErrorParameters } from '../../domain/errors/error-entry.ts';

export const PersonTypeMappingSchema = defineEntity({
  name: 'PersonTypeMapping',
  tableName: 'person_type_mapping',
  properties: {
    id: p.bigint('string').primary(),
    personType: p.string(),
    aliases: p.array(),
    emailDomain: p.string().nullable(),
    idaasUserType: p.string(),
    welinkPersonType: p.string(),
    isActive: p.boolean(),
    description: p.string().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

/** The type at each system for a person type or one of its aliases. */
export class PersonTypeMapping extends PersonTypeMappingSchema.class {
  /** What a person's type can be for this mapping to be meant. */
  get names(): string[] {
    return [this.personType, ...this.aliases];
  }

  /** Why it cannot be deleted (parameters of IN_USE): people without a type of their own, or these, would lose it. */
  refuseDeletion(use: { readonly defaultType: string; readonly people: number }): ErrorParameters | null {
    const id = this.personType;
    if (use.defaultType === id) return { variant: 'DEFAULT_PERSON_TYPE', id };
    return use.people === 0 ? null : { variant: 'PERSON_TYPE', id, count: use.people };
  }
}
PersonTypeMappingSchema.setClass(PersonTypeMapping);

/**
 * For a lateral join: the mapping of a person type, by its code, else by an alias, else that of the default type. Has
 * no row where there is none.
 */
export function mappingOfType(personType: RawBuilder<unknown>, defaultType: string): RawBuilder<unknown> {
  return sql`select m.* from person_type_mapping m
    where m.is_active and (m.person_type in (${personType}, (select ${defaultType}::text)) or ${personType} = any(m.aliases))
    order by m.person_type = ${personType} desc, ${personType} = any(m.aliases) desc limit 1`;
}
