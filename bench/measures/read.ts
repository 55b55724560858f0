import type { Service } from '../application.ts';
import type { Harness } from '../harness.ts';
import { callsPerSecond, type HttpClient } from '../http-client.ts';
import { withLimit } from '../limit.ts';
import { type Figure, interleave, type Measure } from '../measure.ts';
import { hasPeer, withPostgraphile } from '../peers.ts';
import { completed, submit } from '../submit.ts';

const CONNECTIONS = 16;
const ROUND_MS = 2_000;
const ROUNDS = 5;
const SYSTEMS = ['IDAAS', 'WELINK', 'EMAIL'];

const TASK = 'taskId system status accountIdentifier createdAt completedAt';
const REQUEST = `query Request($requestId: String!) { request(requestId: $requestId) {
  requestId status totalUsers createdAt completedUsers
  items(first: 100) { edges { node { position employeeNumber employeeName departmentCode status
    tasks { ${TASK} } } } } } }`;
const TASKS = `query Tasks($filter: TaskFilter!) { tasks(first: 20, filter: $filter) {
  edges { cursor node { ${TASK} person { employeeNumber fullName } } } } }`;

/** The same questions in PostGraphile's words. */
const PEER_TASK = 'taskId system status identifier createdAt completedAt';
const PEER_REQUEST = `query Request($requestId: String!) { accountRequestByRequestId(requestId: $requestId) {
  requestId status totalUsers createdAt
  requestItemsByRequestId(first: 100) { edges { node { position employeeNumber employeeName departmentCode status
    requestItemTasksByItemId { nodes { accountTaskByTaskId { ${PEER_TASK} } } } } } } } }`;
const PEER_TASKS = `query Tasks($system: String!, $status: String!) {
  allAccountTasks(first: 20, condition: { system: $system, status: $status }, orderBy: ROW_ID_DESC) {
    edges { cursor node { ${PEER_TASK} personByPersonId { employeeNumber fullName } } } } }`;

interface Question {
  /** Where the limit program answers it. */
  readonly path: string;
  readonly body: string;
  readonly peerBody: string;
}

/** One request with 100 items and 300 tasks. */
export const readRequest: Measure = (harness) =>
  measureRead(harness, 'read-request', async (service) => {
    const requestId = await submit(service, { users: 100, systems: SYSTEMS });
    await completed(service, requestId);
    const variables = { requestId };
    return {
      path: 'request',
      body: JSON.stringify({ query: REQUEST, variables }),
      peerBody: JSON.stringify({ query: PEER_REQUEST, variables }),
    };
  });

/** A page of 20 filtered tasks out of some 3,000. */
export const readTasks: Measure = (harness) =>
  measureRead(harness, 'read-tasks', (_service) => {
    const filter = { system: ['WELINK'], status: ['COMPLETED'] };
    return Promise.resolve({
      path: 'tasks',
      body: JSON.stringify({ query: TASKS, variables: { filter } }),
      peerBody: JSON.stringify({
        query: PEER_TASKS,
        variables: { system: 'WELINK', status: 'COMPLETED' },
      }),
    });
  });

function measureRead(
  harness: Harness,
  name: string,
  prepare: (service: Service) => Promise<Question>,
): Promise<Figure[]> {
  return harness.withService({ latencyMs: 0 }, async (service) => {
    await completed(service, await submit(service, { users: 1_000, systems: SYSTEMS }));
    const question = await prepare(service);
    await service.sql.query('vacuum analyze');
    if (!hasPeer('postgraphile')) return measureRounds({ harness, name, service, question });
    return withPostgraphile(service.databaseUrl, (peer) =>
      measureRounds({ harness, name, service, question, peer }),
    );
  });
}

function measureRounds(options: {
  readonly harness: Harness;
  readonly name: string;
  readonly service: Service;
  readonly question: Question;
  readonly peer?: HttpClient;
}): Promise<Figure[]> {
  const { harness, name, service, question, peer } = options;
  const { path, body, peerBody } = question;
  return withLimit(service.databaseUrl, async (limit) => {
    const plain = limit.client(path);
    const load = { callers: CONNECTIONS, durationMs: ROUND_MS };
    // Once before the rounds: code is compiled, connections are open.
    await callsPerSecond(() => service.http.post(body), load);
    await callsPerSecond(() => plain.post(body), { ...load, durationMs: 500 });
    if (peer !== undefined) await callsPerSecond(() => checked(peer, peerBody), load);
    let cpuMs = 0;
    let calls = 0;
    let limitCpuMs = 0;
    let limitCalls = 0;
    const rounds = await interleave({
      rounds: ROUNDS,
      limit: async () => {
        const before = limit.processorMs() + harness.postgresMs();
        const { perSecond, count } = await callsPerSecond(() => plain.post(body), load);
        limitCpuMs += limit.processorMs() + harness.postgresMs() - before;
        limitCalls += count;
        return perSecond;
      },
      ours: async () => {
        const before = service.processorMs() + harness.postgresMs();
        const { perSecond, count } = await callsPerSecond(() => service.http.post(body), load);
        cpuMs += service.processorMs() + harness.postgresMs() - before;
        calls += count;
        return perSecond;
      },
      ...(peer !== undefined && {
        peer: async () => (await callsPerSecond(() => peer.post(peerBody), load)).perSecond,
      }),
    });
    const { values, limits, peers } = rounds;
    const unit = 'requests/s';
    return [
      {
        name,
        unit,
        values,
        limits,
        cpuMsPerUnit: cpuMs / calls,
        limitCpuMsPerUnit: limitCpuMs / limitCalls,
      },
      ...(peers.length === 0
        ? []
        : [{ name: `${name}-postgraphile`, unit, values: peers, limits, cpuMsPerUnit: null }]),
    ];
  });
}

/** An error would be answered faster than the question. */
async function checked(peer: HttpClient, body: string): Promise<void> {
  const answer = await peer.post(body);
  if (answer.includes('"errors"')) throw new Error(`PostGraphile refused: ${answer.slice(0, 500)}`);
}
