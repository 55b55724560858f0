import { defineEntity, p } from '@mikro-orm/postgresql';

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
