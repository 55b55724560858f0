import { type GoneRoute, ok, type RestRoute } from '../wire/route.ts';

/** Lists that the first system's root named. */
const LISTS = [
  'hr-persons',
  'hr-person-accounts',
  'sync-configs',
  'department-mappings',
  'account-creation',
] as const;

/** The addresses of the lists. */
export const rootRoutes: readonly RestRoute[] = [
  {
    method: 'GET',
    path: '/',
    operationId: 'root_list',
    field: 'Query.rateLimit',
    text: { ZH_CN: '各列表的地址', EN: 'The addresses of the lists' },
    answers: [{ status: 200, schema: 'Root' }],
    answer: async ({ baseUrl }) => ok(Object.fromEntries(LISTS.map((list) => [list, `${baseUrl}/${list}/`]))),
  },
];

const person = '/hr-persons/{person_id}/';
const HR_OWNS = 'POST /task-management/sync_hr_persons/';

/** Routes that the first system had, now or once, and that work differently here. */
export const goneRoutes: readonly GoneRoute[] = [
  {
    method: 'POST',
    path: '/account-creation/',
    operationId: 'account_creation_create',
    use: 'POST /account-creation/create_accounts/',
  },
  {
    method: 'DELETE',
    path: '/account-creation/{id}/',
    operationId: 'account_creation_destroy',
    use: 'Mutation.cancelTasks',
  },
  { method: 'POST', path: '/hr-persons/', operationId: 'hr_persons_create', use: HR_OWNS },
  { method: 'PUT', path: person, operationId: 'hr_persons_update', use: HR_OWNS },
  { method: 'PATCH', path: person, operationId: 'hr_persons_partial_update', use: HR_OWNS },
  { method: 'DELETE', path: person, operationId: 'hr_persons_destroy', use: 'Mutation.erasePerson' },
  {
    method: 'GET',
    path: '/hr-persons/account_stats/',
    operationId: 'hr_persons_account_stats_retrieve',
    use: 'GET /account-creation/task_stats/',
  },
  {
    method: 'POST',
    path: '/hr-persons/manual_sync/',
    operationId: 'hr_persons_manual_sync_create',
    use: HR_OWNS,
  },
];
