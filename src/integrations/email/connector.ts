import type { AccountIntent, Connector } from '../contract/connector.ts';
import { healthOf } from '../contract/health.ts';
import { preconditionError } from '../contract/precondition.ts';
import type { ConnectorDependencies } from '../contract/upstream.ts';
import { createUpstreamHttp } from '../http/http.ts';
import { createEmailClient, type EmailConfig, type NewMailbox } from './client.ts';
import { createMailboxClassifier } from './patterns.ts';

const SYSTEM = 'EMAIL';

/** Exchange mailboxes: one for each directory login; the service knows no lookup and no disabling. */
export function connectEmail(config: EmailConfig, dependencies: ConnectorDependencies): Connector {
  const http = createUpstreamHttp({ ...dependencies, system: SYSTEM });
  const client = createEmailClient(config, { http, classify: createMailboxClassifier(dependencies) });
  return {
    system: SYSTEM,
    guardsCreate: true,
    requires: ['username'],
    shows: ['email'],
    async ensureAccount(intent, call) {
      const identifier = intent.emailAddress;
      const enabling = await client.enableMailbox(newMailbox(intent), intent, call);
      switch (enabling.status) {
        case 'enabled':
          return { outcome: 'CREATED', identifier, remoteId: null };
        case 'exists':
          return { outcome: 'ADOPTED', identifier, remoteId: null };
      }
    },
    checkHealth: (call) => healthOf(() => client.enableNothing(call)),
    close: () => http.close(),
  };
}

/** The mailbox to request for an intent. Throws a permanent `UpstreamError` when there is no login. */
export function newMailbox(intent: AccountIntent): NewMailbox {
  if (intent.username === null) {
    const reason = 'no login within 20 characters could be made';
    throw preconditionError(intent, { system: SYSTEM, code: 'LOGIN_TOO_LONG', reason });
  }
  const [localPart = intent.emailAddress] = intent.emailAddress.split('@');
  return { SAMAccountName: intent.username, Alias: localPart };
}
