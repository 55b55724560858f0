import { type SqlBool, sql } from 'kysely';
import { normaliseText } from '../../../domain/text/text.ts';
import { pageArguments } from '../../building/arguments.ts';
import { builder } from '../../building/builder.ts';
import { addNode } from '../../building/node.ts';
import { needs } from '../../permissions/rules.ts';
import { PAGE_MAX, parsePage } from '../../reading/connection.ts';
import { encodeGlobalId } from '../../reading/global-id.ts';
import { type Condition, type Listing, readListing } from '../../reading/listing.ts';
import { canBeStored, containsPattern } from '../../reading/text-filter.ts';
import { departmentMappingById } from '../rows/row-loaders.ts';
import { DepartmentMapping, type DepartmentMappingRow, selectDepartmentMappings } from '../rows/rows.ts';

const DepartmentMappingConnection = builder.connectionObject(
  {
    type: DepartmentMapping,
    name: 'DepartmentMappingConnection',
    description: 'A page of department mappings.',
  },
  { name: 'DepartmentMappingEdge', description: 'A mapping and its cursor.' },
);

const mappingListing: Listing<DepartmentMappingRow> = {
  list: 'departmentMappings',
  select: selectDepartmentMappings,
  key: 'd.id',
  keyColumn: 'id',
  order: 'desc',
  keyOf: (mapping) => mapping.id,
};

DepartmentMapping.implement({
  description: "What HR's department is called at the other systems, and the directory OU of its people.",
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.id({
      description: 'Unique over all types; for `node`.',
      resolve: (mapping) => encodeGlobalId('DepartmentMapping', mapping.id),
    }),
    idataDepartmentCode: t.exposeString('idata_department_code', { description: "HR's code; unique." }),
    idaasDepartmentCode: t.exposeString('idaas_department_code', {
      description: 'Code at IDaaS and WeLink.',
    }),
    ou: t.exposeString('ou', {
      description: 'Directory OU; empty means that IDaaS accounts cannot be made.',
    }),
  }),
});
addNode('DepartmentMapping', { rule: ['operate'], loader: departmentMappingById });
builder.queryField('departmentMappings', (t) =>
  t.field({
    ...needs('operate'),
    type: DepartmentMappingConnection,
    description: 'Department mappings, newest first.',
    args: {
      ...pageArguments,
      search: t.arg.string({
        description: 'Only mappings with this text in a code or the OU, whatever its case.',
      }),
    },
    complexity: ({ first, last }) => ({ field: 1, multiplier: first ?? last ?? 1 }),
    resolve: (_root, { search, ...args }, scope) => {
      const page = parsePage(args, { list: mappingListing.list, max: PAGE_MAX });
      return readListing(scope, mappingListing, { page, conditions: searchConditions(search) });
    },
  }),
);

function searchConditions(search: string | null | undefined): Condition[] {
  if (search == null) return [];
  if (!canBeStored(search)) return [sql<SqlBool>`false`];
  const pattern = containsPattern(normaliseText(search));
  return [
    sql`(d.idata_department_code ilike ${pattern} or d.idaas_department_code ilike ${pattern} or d.ou ilike ${pattern})`,
  ];
}
