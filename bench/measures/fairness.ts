import type { Service } from '../application.ts';
import { interleave, type Measure } from '../measure.ts';
import { completed, planned, submit } from '../submit.ts';

const MANY = 10_000;
const FEW = 10;
const LATENCY_MS = 20;
const SYSTEMS = ['IDAAS', 'WELINK', 'EMAIL'];
const ROUNDS = 3;

/** How long B's ten people take behind A's ten thousand, against B alone. */
export const fairness: Measure = (harness) =>
  harness.withService({ latencyMs: LATENCY_MS }, async (service) => {
    await timeOfB(service);
    const rounds = await interleave({
      rounds: ROUNDS,
      limit: () => timeOfB(service),
      ours: async () => {
        const ofA = await submit(service, { users: MANY, systems: SYSTEMS, originSystem: 'A' });
        const value = await timeOfB(service);
        await cancelled(service, ofA);
        return value;
      },
    });
    return [{ name: 'fairness', unit: 'ms', ...rounds, cpuMsPerUnit: null }];
  });

const CANCEL =
  'mutation ($id: String!) { cancelRequest(input: { requestId: $id }) { userErrors { message } } }';

/**
 * Cancels the rest of A, which is no part of the measure; with nothing running beside it, the cancellation waits for
 * no lock.
 */
async function cancelled(service: Service, requestId: string): Promise<void> {
  await service.set({ task_processing_enabled: false });
  await planned(service, requestId);
  await service.http.post(JSON.stringify({ query: CANCEL, variables: { id: requestId } }));
  await service.until(
    `select status not in ('PENDING', 'PROCESSING') as done from account_request where request_id = $1`,
    [requestId],
  );
  await service.sql.query(
    `delete from pgboss.job where name like 'provisioning.run-task.%' and state = 'created'`,
  );
  await service.set({ task_processing_enabled: true });
}

async function timeOfB(service: Service): Promise<number> {
  const startedAt = performance.now();
  await completed(service, await submit(service, { users: FEW, systems: SYSTEMS, originSystem: 'B' }));
  return performance.now() - startedAt;
}
