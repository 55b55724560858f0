import { type SqlBool, sql } from 'kysely';
import { normaliseText } from '../../../domain/text/text.ts';
import { deleteDepartmentMappings } from '../../../jobs/provisioning/mappings/delete-department-mappings.ts';
import { upsertDepartmentMappings } from '../../../jobs/provisioning/mappings/upsert-department-mappings.ts';
import { byPageSize, pageArguments } from '../../building/arguments.ts';
import { builder } from '../../building/builder.ts';
import { addMutation } from '../../building/mutation.ts';
import { addNode } from '../../building/node.ts';
import { operationContext } from '../../context/operation.ts';
import { needs } from '../../permissions/rules.ts';
import { PAGE_MAX, parsePage } from '../../reading/connection.ts';
import { encodeGlobalId } from '../../reading/global-id.ts';
import { type Condition, type Listing, readListing } from '../../reading/listing.ts';
import { sqlOf } from '../../reading/loaders.ts';
import { canBeStored, containsPattern } from '../../reading/text-filter.ts';
import { runMode } from '../../runs/enums.ts';
import { departmentMappingById } from '../rows/row-loaders.ts';
import { DepartmentMapping, type DepartmentMappingRow, selectDepartmentMappings } from '../rows/rows.ts';

/** Longest list that can still be mapped by hand. */
const UNMAPPED_MAX = 500;

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
        description: 'Only mappings with this text in a code or the OU, case-insensitive.',
      }),
    },
    complexity: byPageSize,
    resolve: (_root, { search, ...args }, scope) => {
      const page = parsePage(args, { list: mappingListing.list, max: PAGE_MAX });
      return readListing(scope, mappingListing, { page, conditions: searchConditions(search) });
    },
  }),
);

interface UnmappedDepartmentRow {
  readonly code: string;
  readonly people: number;
}

const UnmappedDepartment = builder.objectRef<UnmappedDepartmentRow>('UnmappedDepartment').implement({
  description: 'A department of people that has no mapping.',
  fields: (t) => ({
    departmentCode: t.exposeString('code', { description: 'As HR or a portal writes it.' }),
    people: t.exposeInt('people', { description: 'How many people are in it.' }),
  }),
});

builder.queryField('unmappedDepartments', (t) =>
  t.field({
    ...needs('operate'),
    type: [UnmappedDepartment],
    description: `Departments that somebody is in and that have no mapping, those with the most people first; at most ${UNMAPPED_MAX}.`,
    resolve: async (_root, _args, scope) => {
      const { rows } = await sql<UnmappedDepartmentRow>`
        select d.code, count(*)::int as people
        from person p cross join lateral (
          select distinct e ->> 'department_code' as code from jsonb_array_elements(p.departments) e) d
        where p.erased_at is null and d.code is not null
          and not exists (select 1 from department_mapping m where m.idata_department_code = d.code)
        group by d.code order by people desc, d.code limit ${UNMAPPED_MAX}`.execute(sqlOf(scope));
      return rows;
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

const mapping = builder.inputType('DepartmentMappingInput', {
  description: 'One mapping; replaces the one of the same idataDepartmentCode.',
  fields: (t) => ({
    idataDepartmentCode: t.string({ required: true, description: "HR's code, at most 50 characters." }),
    idaasDepartmentCode: t.string({
      required: true,
      description: 'Code at IDaaS and WeLink, at most 100.',
    }),
    ou: t.string({ required: true, description: 'Directory OU, at most 500; may be empty.' }),
  }),
});

addMutation('upsertDepartmentMappings', {
  rule: needs('operate'),
  description: 'Adds or replaces department mappings; tasks that failed without one are queued again.',
  about: 'Mappings to add or replace.',
  input: (t) => ({
    mappings: t.field({ type: [mapping], required: true, description: '1 to 20,000 mappings.' }),
    skipBad: t.boolean({
      required: true,
      defaultValue: false,
      description: 'Store the good ones although others are bad; otherwise one bad mapping refuses all.',
    }),
    mode: t.field(runMode('DRY_RUN: only counts what would come of it.')),
  }),
  run: (given, scope) => upsertDepartmentMappings(operationContext(scope), given),
  payload: (t) => ({
    created: t.exposeInt('created', { description: 'New ones.' }),
    updated: t.exposeInt('updated', { description: 'Changed ones.' }),
    unchanged: t.exposeInt('unchanged', { description: 'Those that were so already.' }),
    releasedTasks: t.exposeInt('releasedTasks', {
      description: 'Tasks that waited for one of these mappings and were queued again.',
    }),
  }),
  userErrors: 'Bad mappings.',
});

addMutation('deleteDepartmentMappings', {
  rule: needs('operate'),
  description: 'Deletes department mappings that no person needs; one in use refuses all.',
  about: 'Mappings to delete.',
  input: (t) => ({
    idataDepartmentCodes: t.stringList({ required: true, description: "HR's codes of the mappings." }),
  }),
  run: (given, scope) => deleteDepartmentMappings(operationContext(scope), given),
  payload: (t) => ({
    deleted: t.exposeInt('deleted', { description: 'Mappings deleted: all of them, or none.' }),
  }),
  userErrors:
    'Why nothing was deleted: NOT_FOUND, or IN_USE with the number of people whose departments name it.',
});
