import type { Secret } from '../../secret.ts';
import type { UpstreamCall } from '../contract/upstream.ts';
import type { HttpRequest, UpstreamHttp } from '../http/http.ts';
import { judgeEnabling, type MailboxEnabling, type MailboxFailure } from './answers.ts';

/** How to reach the mailbox service (environment.md). */
export interface EmailConfig {
  readonly baseUrl: string;
  readonly authToken: Secret;
  /** Domain of addresses whose person type has none; lower case, without `@`. Used by the naming, not sent. */
  readonly domain: string;
}

/** One item of `EnableMailboxList`. */
export interface NewMailbox {
  readonly SAMAccountName: string;
  readonly Alias: string;
}

/** The Exchange wrapper's own words (upstream-apis.md §3.1). Every method throws as `UpstreamHttp.send` does. */
export type EmailClient = ReturnType<typeof createEmailClient>;

export function createEmailClient(
  config: EmailConfig,
  via: { readonly http: UpstreamHttp; readonly classify: (text: string) => MailboxFailure },
) {
  const authToken = config.authToken.reveal();
  const address = {
    method: 'POST',
    url: `${config.baseUrl}/api/Exchange/EnableMailbox`,
    // Raw and static: there is nothing to refresh when it is refused.
    headers: { Authorization: authToken },
    confidential: [authToken],
  } as const;

  return {
    enableMailbox: (
      mailbox: NewMailbox,
      { employeeNumber, fullName }: { readonly employeeNumber: string; readonly fullName: string },
      call: UpstreamCall,
    ): Promise<MailboxEnabling> => {
      const request: HttpRequest<MailboxEnabling> = {
        ...address,
        operation: 'create',
        body: { EnableMailboxList: [mailbox] },
        employeeNumber,
        confidential: [authToken, fullName],
        idempotent: false,
        judge: (answer) => judgeEnabling(answer, { login: mailbox.SAMAccountName, classify: via.classify }),
      };
      return via.http.send(request, call);
    },

    /** Asks for nothing at all: harmless, and refused when our token is. */
    enableNothing: (call: UpstreamCall): Promise<'answered'> =>
      via.http.send(
        {
          ...address,
          operation: 'health',
          body: { EnableMailboxList: [] },
          employeeNumber: null,
          idempotent: true,
          // Any answer to an empty list will do, if it comes from this service.
          judge: ({ status }) =>
            status < 500 && status !== 404 ? { kind: 'answer', answer: 'answered' } : { kind: 'unknown' },
        },
        call,
      ),
  };
}
