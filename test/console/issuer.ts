import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** What a browser asked the issuer for. */
interface Asked {
  readonly challenge: string;
  readonly redirectUri: string;
}

const AUDIENCE = 'accountsync';
const CLIENT = { id: 'console', secret: 'secret-of-the-console-at-the-issuer' };

/**
 * An issuer over real HTTP, which knows one person: authorization code and PKCE, keys, discovery. `refuse` makes it
 * send browsers back with an error.
 */
export async function startIssuer() {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' };
  const codes = new Map<string, Asked>();
  const state = { refuse: false, scope: 'requests:read', lifeSeconds: 300 };
  const answer = async (request: IncomingMessage): Promise<object | { readonly location: string } | null> => {
    const url = new URL(request.url ?? '', issuer);
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return {
          issuer,
          jwks_uri: `${issuer}/keys`,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
        };
      case '/keys':
        return { keys: [jwk] };
      case '/authorize':
        return { location: back(url.searchParams) };
      case '/token':
        return exchange(new URLSearchParams(await text(request)));
      default:
        return null;
    }
  };
  const back = (asked: URLSearchParams): string => {
    const target = new URL(asked.get('redirect_uri') ?? '');
    target.searchParams.set('state', asked.get('state') ?? '');
    if (state.refuse) target.searchParams.set('error_description', 'li.lei may not use this service');
    else {
      const code = randomUUID();
      codes.set(code, {
        challenge: asked.get('code_challenge') ?? '',
        redirectUri: asked.get('redirect_uri') ?? '',
      });
      target.searchParams.set('code', code);
    }
    return target.href;
  };
  const exchange = async (given: URLSearchParams): Promise<object> => {
    const asked = codes.get(given.get('code') ?? '');
    codes.delete(given.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(given.get('code_verifier') ?? '')
      .digest('base64url');
    const isRight =
      asked?.challenge === challenge &&
      asked.redirectUri === given.get('redirect_uri') &&
      given.get('client_secret') === CLIENT.secret;
    if (!isRight) return { error: 'invalid_grant' };
    const token = await new SignJWT({ scope: state.scope })
      .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
      .setIssuer(issuer)
      .setAudience(AUDIENCE)
      .setSubject('li.lei')
      .setExpirationTime(Math.floor(Date.now() / 1_000) + state.lifeSeconds)
      .sign(privateKey);
    return { access_token: token, token_type: 'Bearer' };
  };
  const server = createServer((request, response) => {
    void answer(request).then((body) => {
      if (body !== null && 'location' in body && typeof body.location === 'string')
        response.writeHead(302, { location: body.location }).end();
      else
        response
          .writeHead(body === null ? 404 : 200, { 'content-type': 'application/json' })
          .end(JSON.stringify(body));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const issuer = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  return {
    state,
    /** For the service. */
    environment: {
      OIDC_ISSUER: issuer,
      OIDC_AUDIENCE: AUDIENCE,
      OIDC_CLIENT_ID: CLIENT.id,
      OIDC_CLIENT_SECRET: CLIENT.secret,
    },
    close: () => server.close(),
  };
}
