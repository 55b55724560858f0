/** Credentials of a caller, in the one form that authentication takes. */
export interface Credentials {
  /** `Bearer …`, or the header as sent where it has none of the accepted forms; null: there was none. */
  readonly authorization: string | null;
  readonly isBasic: boolean;
}

interface CredentialHeaders {
  readonly authorization?: string | undefined;
  readonly 'x-api-key'?: string | readonly string[] | undefined;
}

/**
 * The key of a call: `Authorization: Bearer|Token|Api-Key K`, Basic with K as the password, or `X-Api-Key: K`.
 * `Authorization` wins where both are sent.
 */
export function readCredentials(headers: CredentialHeaders): Credentials {
  const { authorization, 'x-api-key': apiKey } = headers;
  if (authorization !== undefined && authorization.trim() !== '') {
    const [, scheme = '', value = ''] = /^(\S+)\s+(\S+)$/.exec(authorization.trim()) ?? [];
    switch (scheme.toLowerCase()) {
      case 'bearer':
      case 'token':
      case 'api-key':
        return { authorization: `Bearer ${value}`, isBasic: false };
      case 'basic':
        return { authorization: `Bearer ${passwordOf(value)}`, isBasic: true };
      default:
        return { authorization, isBasic: false };
    }
  }
  if (typeof apiKey !== 'string' || apiKey.trim() === '') return { authorization: null, isBasic: false };
  return { authorization: `Bearer ${apiKey.trim()}`, isBasic: false };
}

/** The part after the first colon; the name before it may be anything. */
function passwordOf(encoded: string): string {
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  return text.slice(text.indexOf(':') + 1);
}
