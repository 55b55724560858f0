import type { Size } from './fill.ts';

/** A question asked at each size: a GraphQL document, or a path to read. */
export interface Question {
  readonly name: string;
  readonly document?: string;
  readonly path?: string;
}

const page = (list: string, filter: string, nodes = 'id') =>
  `{ ${list}(first: 20${filter === '' ? '' : `, filter: { ${filter} }`}) { nodes { ${nodes} } } }`;

/** Lists, searches, statistics, and the dry runs of what works on many rows. */
export function questionsOf({ people, tasks, requests }: Size): readonly Question[] {
  // A person in the middle: at neither end of an index.
  const number = `G${String(people / 2).padStart(8, '0')}`;
  const middle = new Date(Date.now() - 50 * 86_400_000).toISOString();
  return [
    { name: 'requests', document: page('requests', '') },
    { name: 'requests-status', document: page('requests', 'status: [PARTIAL_FAILED]') },
    { name: 'requests-business-key', document: page('requests', `businessKey: "GROWTH-${requests / 2}"`) },
    { name: 'requests-created-by', document: page('requests', 'createdBy: "portal-500"') },
    { name: 'requests-account-type', document: page('requests', 'accountType: "访客"') },
    { name: 'requests-employee', document: page('requests', `employeeNumber: "${number}"`) },
    { name: 'requests-total-count', document: '{ requests(first: 20) { totalCount } }' },
    { name: 'request-counts', document: '{ requestCounts { status count } }' },
    {
      name: 'request',
      document: `{ request(requestId: "req_growth_${requests / 2}") { status items(first: 3) { nodes { status tasks { status } } } } }`,
    },
    { name: 'tasks', document: page('tasks', '') },
    { name: 'tasks-failed', document: page('tasks', 'system: [WELINK], status: [FAILED]') },
    { name: 'tasks-total-count', document: '{ tasks(first: 20) { totalCount } }' },
    { name: 'task-stats', document: '{ taskStats { system total } }' },
    { name: 'people', document: page('people', '') },
    { name: 'people-number', document: page('people', `search: "${number}"`) },
    { name: 'people-email', document: page('people', `search: "${people / 2}@example"`) },
    { name: 'people-name', document: page('people', 'search: "司马相如"') },
    { name: 'people-without-account', document: page('people', 'withoutAccountIn: EMAIL') },
    {
      name: 'person',
      document: `{ person(employeeNumber: "${number}") { fullName accounts { system state } timeline(first: 20) { nodes { __typename } } } }`,
    },
    { name: 'why-not', document: `{ whyNot(employeeNumber: "${number}", system: IDAAS) { code } }` },
    { name: 'systems', document: '{ systems { system lastSuccessAt } }' },
    { name: 'sync-status', document: '{ syncStatus { kind lastSuccessfulRun { runId } } }' },
    { name: 'overview', document: '{ overview { health failures { code tasks } taskCounts { count } } }' },
    { name: 'audit', document: page('auditEntries', '', 'entryId sealed') },
    {
      name: 'audit-subject',
      document: page('auditEntries', `subjectKind: "TASK", subjectId: "${tasks / 2}"`),
    },
    { name: 'audit-actor', document: page('auditEntries', 'actor: "operator-7"') },
    { name: 'audit-until', document: page('auditEntries', `until: "${middle}"`) },
    {
      name: 'audit-since-until',
      document: page('auditEntries', `actor: "nobody", since: "${middle}", until: "${middle}"`),
    },
    {
      name: 'audit-correlation',
      document: page('auditEntries', 'correlationId: "c4ca4238a0b923820dcc509a6f75849b"'),
    },
    { name: 'retry-tasks-dry-run', document: RETRY_DRY_RUN },
    {
      name: 'purge-dry-run',
      document: 'mutation { purge(input: { mode: DRY_RUN }) { userErrors { code } } }',
    },
    { name: 'metrics', path: '/metrics' },
  ];
}

const RETRY_DRY_RUN = `mutation { retryTasks(input: { mode: DRY_RUN, filter: { status: [FAILED] } }) { userErrors { code } } }`;
