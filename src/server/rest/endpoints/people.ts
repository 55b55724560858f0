import { sql } from 'kysely';
import { z } from 'zod';
import { sqlOf } from '../../../schema/reading/loaders.ts';
import { visibleRows } from '../../../schema/reading/visible-rows.ts';
import { contains, equals, moment } from '../lists/filters.ts';
import { listParameters } from '../lists/list-parameters.ts';
import { type RestList, readPage } from '../lists/read-page.ts';
import { restOperation } from '../wire/operation.ts';
import { refused } from '../wire/problem.ts';
import { ok, type RestAnswer, type RestCall, type RestRoute } from '../wire/route.ts';
import { texts } from '../wire/texts.ts';
import { zonedTime } from '../wire/times.ts';
import { rateOf } from '../wire/values.ts';
import { readAccounts } from './account-object.ts';
import { type FoundPerson, findPerson } from './find-person.ts';
import { readPeople } from './person-object.ts';

const peopleList: RestList = {
  from: (scope) => sql`from (
    select v.id, v.employee_number, v.full_name, v.english_name, v.employee_status, v.person_type,
      coalesce(v.email_address, v.reserved_email_address) as email_address,
      coalesce(v.hr_created_at, v.created_at) as creation_date,
      coalesce(v.hr_updated_at, v.updated_at) as last_update_date
    from ${visibleRows(scope, 'person')} v where v.erased_at is null) p`,
  id: 'p.id',
  filters: {
    employee_number: contains('p.employee_number'),
    full_name: contains('p.full_name'),
    employee_status: equals('p.employee_status'),
    person_type: equals('p.person_type'),
    creation_date_gte: moment('p.creation_date', 'from'),
    creation_date_lte: moment('p.creation_date', 'until'),
  },
  searched: ['p.employee_number', 'p.full_name', 'p.english_name', 'p.email_address'],
  ordered: {
    creation_date: 'p.creation_date',
    last_update_date: 'p.last_update_date',
    employee_number: 'p.employee_number',
  },
  order: '-creation_date',
};

async function personOf(call: RestCall): Promise<FoundPerson> {
  const found = await findPerson(call.scope, call.path['person_id'] ?? '');
  if (found === null) throw refused(404, texts.notFound[call.scope.locale]);
  return found;
}

async function onePerson(call: RestCall): Promise<RestAnswer> {
  const [person] = await readPeople(call.scope, [(await personOf(call)).id]);
  if (person === undefined) throw refused(404, texts.notFound[call.scope.locale]);
  const total = person.accounts.length;
  const created = person.accounts.filter(({ is_created }) => is_created).length;
  const account_status = {
    total,
    created,
    pending: total - created,
    completion_rate: rateOf(created, total),
  };
  return ok({ ...person, account_status });
}

async function accountsOfPerson(call: RestCall): Promise<RestAnswer> {
  const accounts = await readAccounts(call.scope, { people: [(await personOf(call)).id] });
  return ok(accounts.map(({ account }) => account));
}

const run = z.object({ status: z.string(), finishedAt: z.string().nullable(), error: z.string().nullable() });
const readSyncStatus = restOperation(
  `query RestSyncStatus { syncStatus(kind: [HR_SYNC]) { nextFiringAt
    lastRun { status finishedAt error } lastSuccessfulRun { status finishedAt error } } }`,
  z.object({
    syncStatus: z.array(
      z.object({
        nextFiringAt: z.string().nullable(),
        lastRun: run.nullable(),
        lastSuccessfulRun: run.nullable(),
      }),
    ),
  }),
);

/** `last_sync_time` is of the last sync that succeeded: a failed one does not move it. */
async function syncStatus(call: RestCall): Promise<RestAnswer> {
  const { syncStatus: kinds } = await call.run(readSyncStatus);
  const [status] = kinds;
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from ${visibleRows(call.scope, 'person')} p where p.erased_at is null`.execute(
    sqlOf(call.scope),
  );
  const zone = call.scope.services.displayTimeZone;
  const last = status?.lastRun ?? null;
  return ok({
    last_sync_time: zonedTime(status?.lastSuccessfulRun?.finishedAt ?? null, zone),
    total_persons: rows[0]?.count ?? 0,
    last_sync_status: statusText(last, status?.lastSuccessfulRun ?? null),
    next_sync_time: zonedTime(status?.nextFiringAt ?? null, zone),
  });
}

type Run = z.output<typeof run>;

/** A sync in progress has no status yet: the one before counts. */
function statusText(last: Run | null, successful: Run | null): string {
  if (last?.status === 'FAILED' || last?.status === 'CANCELLED')
    return `failed: ${last.error ?? last.status.toLowerCase()}`;
  return successful === null ? 'never_synced' : 'success';
}

/** People, their accounts, and the state of the sync from HR. */
export const peopleRoutes: readonly RestRoute[] = [
  {
    method: 'GET',
    path: '/hr-persons/',
    operationId: 'hr_persons_list',
    field: 'Query.people',
    text: { ZH_CN: '人员列表', EN: 'People' },
    query: listParameters(peopleList, {
      creation_date_gte: { type: 'string', format: 'date-time' },
      creation_date_lte: { type: 'string', format: 'date-time' },
    }),
    answers: [{ status: 200, schema: 'PaginatedHrPersonList' }],
    answer: async (call) => ok(await readPage(call, peopleList, (ids) => readPeople(call.scope, ids))),
  },
  {
    method: 'GET',
    path: '/hr-persons/sync_status/',
    operationId: 'hr_persons_sync_status_retrieve',
    field: 'Query.syncStatus',
    text: { ZH_CN: '人事同步状态', EN: 'How the sync from HR stands' },
    answers: [{ status: 200, schema: 'SyncStatus' }],
    answer: syncStatus,
  },
  {
    method: 'GET',
    path: '/hr-persons/{person_id}/',
    operationId: 'hr_persons_retrieve',
    field: 'Query.person',
    text: { ZH_CN: '一个人员', EN: 'One person' },
    answers: [{ status: 200, schema: 'HrPersonDetail' }],
    answer: onePerson,
  },
  {
    method: 'GET',
    path: '/hr-persons/{person_id}/accounts/',
    operationId: 'hr_persons_accounts_retrieve',
    field: 'Query.person',
    text: { ZH_CN: '一个人员的账号', EN: 'The accounts of a person' },
    answers: [{ status: 200, schema: 'HrPersonAccount', isList: true }],
    answer: accountsOfPerson,
  },
];
