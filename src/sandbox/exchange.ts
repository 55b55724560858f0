import { z } from 'zod';
import { type AccountStore, isVisible } from './accounts.ts';
import { type PlayedAnswer, type PlayedCall, type PlayedSystem, refused } from './playing/played-system.ts';

const mailbox = z.object({ SAMAccountName: z.string().min(1), Alias: z.string().min(1) });
const enableRequest = z.object({ EnableMailboxList: z.array(mailbox) });
type Mailbox = z.infer<typeof mailbox>;

/** The Exchange wrapper as upstream-apis.md §3.1 and §9 settle it: arrays of objects, Exchange's own sentences. */
export function playExchange(options: {
  readonly accounts: AccountStore;
  /** True when IDaaS is played too: then a login must exist there before it can get a mailbox. */
  readonly knowsDirectory: boolean;
  /** How long after IDaaS the mail server's directory sees a login. */
  readonly replicationDelayMs: number;
  readonly credentials: { readonly authToken: string; readonly domain: string };
}): PlayedSystem {
  const { accounts } = options;

  function isInDirectory(login: string): boolean {
    if (!options.knowsDirectory) return true;
    const person = accounts.find('IDAAS', 'username', login);
    return person !== null && isVisible(person, options.replicationDelayMs);
  }

  function problemOf({ SAMAccountName: login, Alias: alias }: Mailbox): string | null {
    if (!isInDirectory(login)) {
      return `The operation couldn't be performed because object '${login}' couldn't be found on 'dc1.corp'.`;
    }
    if (accounts.find('EMAIL', 'key', login) !== null) {
      return `This task does not support recipients of this type. The specified recipient ${login} is of type UserMailbox.`;
    }
    if (accounts.find('EMAIL', 'alias', alias) !== null) {
      return `The proxy address "SMTP:${alias}@${options.credentials.domain}" is already being used by another recipient.`;
    }
    return null;
  }

  function enable(item: Mailbox, invisibleForMs: number): PlayedAnswer {
    const problem = problemOf(item);
    if (problem !== null) {
      const outcome = problem.includes('UserMailbox') ? 'exists' : 'refused';
      return { status: 200, body: failed(item.SAMAccountName, problem), outcome, applied: false };
    }
    accounts.put({
      system: 'EMAIL',
      key: item.SAMAccountName,
      alias: item.Alias,
      email: `${item.Alias}@${options.credentials.domain}`,
      visibleAt: new Date(Date.now() + invisibleForMs).toISOString(),
    });
    const body = { jsonValue: { success: [{ ...item, Message: 'mailbox enabled' }], fail: [] } };
    return { status: 200, body, outcome: 'created', applied: true };
  }

  return {
    system: 'EMAIL',
    read({ method, path, headers, body }) {
      const isAddress = method === 'POST' && path === '/api/Exchange/EnableMailbox';
      if (!isAddress) {
        const gone = refused(404, '404', {
          Message: 'No HTTP resource was found that matches the request URI.',
        });
        return { operation: 'other', key: null, matchable: [], perform: () => gone };
      }
      const isAllowed = headers.authorization === options.credentials.authToken;
      const item = enableRequest.safeParse(body).data?.EnableMailboxList[0];
      if (item === undefined) {
        const nothing: PlayedAnswer = {
          status: 200,
          body: { jsonValue: { success: [], fail: [] } },
          outcome: 'nothing asked',
          applied: false,
        };
        return {
          operation: 'other',
          key: null,
          matchable: [],
          perform: () => (isAllowed ? nothing : denied()),
        };
      }
      return {
        operation: 'create',
        key: item.SAMAccountName,
        matchable: [item.SAMAccountName, item.Alias],
        perform: ({ invisibleForMs }) => (isAllowed ? enable(item, invisibleForMs) : denied()),
      };
    },
    refuseToken: denied,
    refuseCall: (call: PlayedCall, { code, message }) => refused(200, code, failed(call.key ?? '', message)),
    expireTokens: () => {},
  };
}

function denied(): PlayedAnswer {
  return refused(401, '401', { Message: 'Authorization has been denied for this request.' });
}

function failed(login: string, message: string) {
  return { jsonValue: { success: [], fail: [{ SAMAccountName: login, Message: message }] } };
}
