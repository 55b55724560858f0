import { defineEntity, p } from '@mikro-orm/postgresql';

export const DepartmentMappingSchema = defineEntity({
  name: 'DepartmentMapping',
  tableName: 'department_mapping',
  properties: {
    id: p.bigint('string').primary(),
    idataDepartmentCode: p.string(),
    idaasDepartmentCode: p.string(),
    ou: p.string(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

/** Names of HR's department at the other systems, and the directory OU of its people. */
export class DepartmentMapping extends DepartmentMappingSchema.class {}
DepartmentMappingSchema.setClass(DepartmentMapping);
