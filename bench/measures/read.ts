import type { Service } from '../application.ts';
import type { Harness } from '../harness.ts';
import { callsPerSecond } from '../http-client.ts';
import { withLimit } from '../limit.ts';
import { type Figure, interleave, type Measure } from '../measure.ts';
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

/** One request with 100 items and 300 tasks. */
export const readRequest: Measure = (harness) =>
  measureRead(harness, 'read-request', async (service) => {
    const requestId = await submit(service, { users: 100, systems: SYSTEMS });
    await completed(service, requestId);
    return { path: 'request', body: JSON.stringify({ query: REQUEST, variables: { requestId } }) };
  });

/** A page of 20 filtered tasks out of some 3,000. */
export const readTasks: Measure = (harness) =>
  measureRead(harness, 'read-tasks', (_service) => {
    const filter = { system: ['WELINK'], status: ['COMPLETED'] };
    return Promise.resolve({ path: 'tasks', body: JSON.stringify({ query: TASKS, variables: { filter } }) });
  });

function measureRead(
  harness: Harness,
  name: string,
  prepare: (service: Service) => Promise<{ readonly path: string; readonly body: string }>,
): Promise<Figure[]> {
  return harness.withService({ latencyMs: 0 }, async (service) => {
    await completed(service, await submit(service, { users: 1_000, systems: SYSTEMS }));
    const { path, body } = await prepare(service);
    await service.sql.query('vacuum analyze');
    return withLimit(service.databaseUrl, async (limit) => {
      const plain = limit.client(path);
      const load = { callers: CONNECTIONS, durationMs: ROUND_MS };
      // Once before the rounds: code is compiled, connections are open.
      await callsPerSecond(() => service.http.post(body), load);
      await callsPerSecond(() => plain.post(body), { ...load, durationMs: 500 });
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
      });
      return [
        {
          name,
          unit: 'requests/s',
          ...rounds,
          cpuMsPerUnit: cpuMs / calls,
          limitCpuMsPerUnit: limitCpuMs / limitCalls,
        },
      ];
    });
  });
}
