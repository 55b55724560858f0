import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** An issuer whose discovery, found under `/application`, calls itself that with `suffix`; it signs what it is told. */
export async function startIssuer(suffix: string) {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' };
  const server: Server = createServer((request, response) => {
    const keys = request.url === '/keys';
    const body = keys
      ? { keys: [jwk] }
      : { issuer: `${origin}/application${suffix}`, jwks_uri: `${origin}/keys` };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  return {
    origin,
    sign: (claims: Readonly<Record<string, unknown>> = { scp: 'requests:read' }) =>
      new SignJWT({
        iss: `${origin}/application${suffix}`,
        aud: 'accountsync',
        sub: 'li.lei',
        exp: Math.floor(Date.now() / 1_000) + 300,
        ...claims,
      })
        .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
        .sign(privateKey),
    close: () =>
      new Promise<unknown>((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}
