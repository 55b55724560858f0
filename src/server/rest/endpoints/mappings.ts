import { sql } from 'kysely';
import { z } from 'zod';
import { normaliseText } from '../../../domain/text/text.ts';
import type { RequestScope } from '../../../schema/context/context.ts';
import { isBigint } from '../../../schema/reading/global-id.ts';
import { sqlOf } from '../../../schema/reading/loaders.ts';
import { canBeStored } from '../../../schema/reading/text-filter.ts';
import { equals } from '../lists/filters.ts';
import { listParameters } from '../lists/list-parameters.ts';
import { type RestList, readPage } from '../lists/read-page.ts';
import { restOperation } from '../wire/operation.ts';
import { FieldErrorList, refused } from '../wire/problem.ts';
import { FieldReader } from '../wire/read-fields.ts';
import { ok, type RestAnswer, type RestCall, type RestRoute } from '../wire/route.ts';
import { texts } from '../wire/texts.ts';
import { assertDone, userErrors } from '../wire/user-errors.ts';

const mappingList: RestList = {
  from: () => sql`from department_mapping m`,
  id: 'm.id',
  filters: {
    idata_departmentcode: equals('m.idata_department_code'),
    idaas_departmentcode: equals('m.idaas_department_code'),
  },
  searched: ['m.idata_department_code', 'm.idaas_department_code', 'm.ou'],
  ordered: {
    idata_departmentcode: 'm.idata_department_code',
    idaas_departmentcode: 'm.idaas_department_code',
  },
  order: 'idata_departmentcode',
};

interface Mapping {
  readonly id: number;
  readonly idata_departmentcode: string;
  readonly idaas_departmentcode: string;
  readonly ou: string;
}

const store = restOperation(
  `mutation RestStoreMapping($mapping: DepartmentMappingInput!) {
    upsertDepartmentMappings(input: { mappings: [$mapping] }) { userErrors { code message path } } }`,
  z.object({ upsertDepartmentMappings: z.object({ userErrors }) }),
);
const remove = restOperation(
  `mutation RestDeleteMapping($code: String!) {
    deleteDepartmentMappings(input: { idataDepartmentCodes: [$code] }) { userErrors { code message path } } }`,
  z.object({ deleteDepartmentMappings: z.object({ userErrors }) }),
);

const names = {
  idataDepartmentCode: 'idata_departmentcode',
  idaasDepartmentCode: 'idaas_departmentcode',
  ou: 'ou',
} as const;

async function readMappings(
  scope: RequestScope,
  by: { readonly ids?: readonly string[]; readonly code?: string },
): Promise<Mapping[]> {
  const { rows } = await sql<Mapping>`
    select m.id::int as id, m.idata_department_code as idata_departmentcode,
      m.idaas_department_code as idaas_departmentcode, m.ou
    from department_mapping m
    left join unnest(${[...(by.ids ?? [])]}::bigint[]) with ordinality as wanted(id, place) on wanted.id = m.id
    where wanted.id is not null or m.idata_department_code = ${by.code ?? null} order by wanted.place`.execute(
    sqlOf(scope),
  );
  return rows;
}

async function findMapping({ scope, path }: RestCall): Promise<Mapping> {
  const key = path['id'] ?? '';
  const [found] = isBigint(key) ? await readMappings(scope, { ids: [key] }) : [];
  if (found === undefined) throw refused(404, texts.notFound[scope.locale]);
  return found;
}

/** Reads the fields of a mapping; `known` has those that a change leaves out. */
async function storeMapping(call: RestCall, known: Partial<Mapping>): Promise<Mapping> {
  const { locale } = call.scope;
  const errors = new FieldErrorList();
  const fields = new FieldReader(call.body, { errors, locale });
  const read = (name: (typeof names)[keyof typeof names]) => {
    if (known[name] === undefined) fields.require(name);
    return fields.text(name) ?? known[name] ?? '';
  };
  const mapping = {
    idataDepartmentCode: known.idata_departmentcode ?? read('idata_departmentcode'),
    idaasDepartmentCode: read('idaas_departmentcode'),
    ou: read('ou'),
  };
  if (known.idata_departmentcode === undefined && (await isMapped(call.scope, mapping.idataDepartmentCode)))
    errors.add('idata_departmentcode', texts.mappingExists[locale]);
  errors.assertNone();
  const { upsertDepartmentMappings } = await call.run(store, { mapping });
  assertDone(upsertDepartmentMappings.userErrors, names);
  const [stored] = await readMappings(call.scope, { code: normaliseText(mapping.idataDepartmentCode) });
  if (stored === undefined) throw refused(404, texts.notFound[locale]);
  return stored;
}

async function isMapped(scope: RequestScope, given: string): Promise<boolean> {
  const code = normaliseText(given);
  return canBeStored(code) && (await readMappings(scope, { code })).length > 0;
}

async function createMapping(call: RestCall): Promise<RestAnswer> {
  const stored = await storeMapping(call, {});
  return { status: 201, body: stored, headers: { location: `/department-mappings/${stored.id}/` } };
}

/** PUT needs both other fields, PATCH any. The first code is the key of the mapping, and stays. */
async function changeMapping(call: RestCall, partial: boolean): Promise<RestAnswer> {
  const found = await findMapping(call);
  return ok(await storeMapping(call, partial ? found : { idata_departmentcode: found.idata_departmentcode }));
}

async function deleteMapping(call: RestCall): Promise<RestAnswer> {
  const { idata_departmentcode: code } = await findMapping(call);
  const { deleteDepartmentMappings } = await call.run(remove, { code });
  assertDone(deleteDepartmentMappings.userErrors, {});
  return { status: 204 };
}

const one = '/department-mappings/{id}/';

/** Department mappings. */
export const mappingRoutes: readonly RestRoute[] = [
  {
    method: 'GET',
    path: '/department-mappings/',
    operationId: 'department_mappings_list',
    field: 'Query.departmentMappings',
    text: { ZH_CN: '部门映射列表', EN: 'Department mappings' },
    query: listParameters(mappingList, {}),
    answers: [{ status: 200, schema: 'PaginatedDepartmentMappingList' }],
    answer: async (call) => ok(await readPage(call, mappingList, (ids) => readMappings(call.scope, { ids }))),
  },
  {
    method: 'POST',
    path: '/department-mappings/',
    operationId: 'department_mappings_create',
    field: 'Mutation.upsertDepartmentMappings',
    text: { ZH_CN: '新增部门映射', EN: 'Adds a department mapping' },
    body: { schema: 'DepartmentMapping', forms: true },
    answers: [{ status: 201, schema: 'DepartmentMapping' }],
    answer: createMapping,
  },
  {
    method: 'GET',
    path: one,
    operationId: 'department_mappings_retrieve',
    field: 'Query.departmentMappings',
    text: { ZH_CN: '一个部门映射', EN: 'One department mapping' },
    answers: [{ status: 200, schema: 'DepartmentMapping' }],
    answer: async (call) => ok(await findMapping(call)),
  },
  {
    method: 'PUT',
    path: one,
    operationId: 'department_mappings_update',
    field: 'Mutation.upsertDepartmentMappings',
    text: { ZH_CN: '修改部门映射', EN: 'Changes a department mapping' },
    body: { schema: 'DepartmentMapping', forms: true },
    answers: [{ status: 200, schema: 'DepartmentMapping' }],
    answer: (call) => changeMapping(call, false),
  },
  {
    method: 'PATCH',
    path: one,
    operationId: 'department_mappings_partial_update',
    field: 'Mutation.upsertDepartmentMappings',
    text: { ZH_CN: '修改部门映射的部分字段', EN: 'Changes some fields of a department mapping' },
    body: { schema: 'PatchedDepartmentMapping', forms: true },
    answers: [{ status: 200, schema: 'DepartmentMapping' }],
    answer: (call) => changeMapping(call, true),
  },
  {
    method: 'DELETE',
    path: one,
    operationId: 'department_mappings_destroy',
    field: 'Mutation.deleteDepartmentMappings',
    text: { ZH_CN: '删除没有人员使用的部门映射', EN: 'Deletes a department mapping that nobody needs' },
    answers: [
      { status: 204, schema: null },
      { status: 409, schema: 'Conflict' },
    ],
    answer: deleteMapping,
  },
];
