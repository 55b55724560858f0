import { defineEntity, p } from '@mikro-orm/postgresql';

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
export class PersonTypeMapping extends PersonTypeMappingSchema.class {}
PersonTypeMappingSchema.setClass(PersonTypeMapping);
