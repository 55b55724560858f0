import { defineEntity, p } from '@mikro-orm/postgresql';
import { sql } from 'kysely';

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

/** For a lateral join: the mapping of the first department of the `person p` that has one. */
export const mappingOfPerson = sql`select m.* from jsonb_array_elements(p.departments) with ordinality as place(value, position)
  join department_mapping m on m.idata_department_code = place.value->>'department_code' order by place.position limit 1`;
