import { z } from 'zod';
import type { Secret } from '../../secret.ts';
import { isSafeAddress } from '../contract/variables.ts';
import { readJson } from './read-json.ts';

/** Short, because a person waits for the sign-in. */
const TIMEOUT_MS = 10_000;

const discovery = z.object({
  issuer: z.string(),
  authorization_endpoint: z.string().refine(isSafeAddress),
  token_endpoint: z.string().refine(isSafeAddress),
});
const tokens = z.object({ access_token: z.string().optional(), id_token: z.string().optional() });
const refusal = z.object({ error: z.string(), error_description: z.string().optional() });

/** Result of exchanging an authorization code. */
export type ExchangedCode = { readonly token: string } | { readonly error: string };

export interface CodeSignInOptions {
  readonly issuer: string;
  readonly audience: string;
  readonly clientId: string;
  /** Null: a public client, which PKCE alone protects. */
  readonly clientSecret: Secret | null;
}

/** The browser's way to a token: authorization code and PKCE. The issuer is asked for its addresses at each sign-in. */
export class CodeSignIn {
  readonly #options: CodeSignInOptions;

  constructor(options: CodeSignInOptions) {
    this.#options = options;
  }

  /** Where a browser signs in. @throws when the issuer cannot be asked. */
  async authorizationUrl(asked: {
    readonly state: string;
    readonly codeChallenge: string;
    readonly redirectUri: string;
  }): Promise<string> {
    const { authorization_endpoint: endpoint } = await this.#discover();
    const url = new URL(endpoint);
    const parameters = {
      response_type: 'code',
      client_id: this.#options.clientId,
      redirect_uri: asked.redirectUri,
      scope: 'openid profile',
      audience: this.#options.audience,
      state: asked.state,
      code_challenge: asked.codeChallenge,
      code_challenge_method: 'S256',
    };
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    return url.href;
  }

  /**
   * Exchanges a code for a token of the API: the access token where it is a JWT, else the identity token.
   * @throws when the issuer cannot be asked.
   */
  async exchange(given: {
    readonly code: string;
    readonly verifier: string;
    readonly redirectUri: string;
  }): Promise<ExchangedCode> {
    const { clientId, clientSecret } = this.#options;
    const { token_endpoint: endpoint } = await this.#discover();
    const response = await fetch(endpoint, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { accept: 'application/json' },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: given.code,
        code_verifier: given.verifier,
        redirect_uri: given.redirectUri,
        client_id: clientId,
        ...(clientSecret !== null && { client_secret: clientSecret.reveal() }),
      }),
    });
    const answer: unknown = await response.json();
    const refused = refusal.safeParse(answer);
    if (refused.success) return { error: refused.data.error_description ?? refused.data.error };
    const { access_token: access, id_token: identity } = tokens.parse(answer);
    const token = [access, identity].find((each) => each !== undefined && isJwt(each));
    return token === undefined ? { error: 'The issuer gave no token that is a JWT.' } : { token };
  }

  async #discover(): Promise<z.infer<typeof discovery>> {
    const { issuer } = this.#options;
    const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const found = discovery.parse(await readJson(address, TIMEOUT_MS));
    if (found.issuer !== issuer) throw new Error(`${address} describes another issuer than OIDC_ISSUER says`);
    return found;
  }
}

function isJwt(token: string): boolean {
  return token.split('.').length === 3;
}
