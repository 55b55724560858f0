import { z } from 'zod';

const ledgerSchema = z.object({
  calls: z.array(
    z.object({ at: z.iso.datetime(), system: z.string(), operation: z.string(), key: z.string().nullable() }),
  ),
});

export interface UpstreamCall {
  readonly atMs: number;
  readonly system: string;
  readonly operation: string;
  readonly key: string | null;
}

/** Every call the upstream has seen, in order of arrival. */
export async function upstreamCalls(controlUrl: string): Promise<UpstreamCall[]> {
  const response = await fetch(`${controlUrl}/__sandbox/ledger`);
  const { calls } = ledgerSchema.parse(await response.json());
  return calls.map(({ at, ...call }) => ({ ...call, atMs: Date.parse(at) }));
}
