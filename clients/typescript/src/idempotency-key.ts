import type { CreateAccountsInput } from './generated/graphql.ts';

const PREFIX = 'content-';
/** Fields that may differ between two calls that ask for the same. */
const LEFT_OUT: ReadonlySet<string> = new Set(['idempotencyKey', 'priority', 'mode']);

/**
 * A key made of what is asked for: the same call has the same key, also after the portal was restarted, so sending it
 * again finds the request of the first time. The order of people and systems does not count, nor does the priority.
 *
 * Null where there is no Web Crypto (a page over plain http): the service then makes a key of origin system, business
 * key, types and systems, under which a repeated call is as safe.
 */
export async function contentKey(input: CreateAccountsInput): Promise<string | null> {
  const { subtle } = globalThis.crypto;
  if (subtle === undefined) return null;
  const head = Object.entries(input).filter(([name]) => !LEFT_OUT.has(name));
  const content = {
    ...Object.fromEntries(head),
    systemList: [...input.systemList].sort(),
    userList: input.userList.map(canonical).sort(),
  };
  const digest = await subtle.digest('SHA-256', new TextEncoder().encode(canonical(content)));
  return PREFIX + [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** JSON with the fields in the order of their names, without those that say nothing. */
function canonical(value: object): string {
  const fields = Object.entries(value).filter(([, field]) => field !== null && field !== undefined);
  return JSON.stringify(Object.fromEntries(fields.sort(([a], [b]) => (a < b ? -1 : 1))));
}
