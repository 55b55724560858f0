import { once } from 'node:events';
import { createServer, type Server } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DatabaseTarget } from '../../src/integrations/contract/database-connector.ts';
import { createOracleConnector } from '../../src/integrations/oracle/connector.ts';
import { type Certificates, hasOpenssl, makeCertificates } from './setup/certificates.ts';
import { call, target } from './setup/recorded.ts';

/** Only the handshake is played: no Oracle server is at hand, and what follows is refused. */
describe.skipIf(!hasOpenssl)('Oracle, whose listener is played as far as its TLS handshake', () => {
  let certificates: Certificates;
  let server: Server;
  let port = 0;

  beforeAll(async () => {
    certificates = makeCertificates();
    const { serverKey: key, serverCertificate: cert } = certificates;
    server = createServer({ key, cert }, (socket) => socket.on('data', () => socket.destroy()));
    server.on('tlsClientError', () => {});
    server.listen(0, '0.0.0.0');
    await once(server, 'listening');
    const address = server.address();
    if (typeof address === 'object' && address !== null) port = address.port;
  });
  afterAll(() => {
    server.close();
    certificates.remove();
  });

  const outcome = (changes: Partial<DatabaseTarget>) =>
    createOracleConnector()
      .testConnection(
        { ...target, host: '127.0.0.1', port, ...changes },
        { ...call, connectTimeoutMs: 5_000 },
      )
      .then(
        () => 'read',
        (error: unknown) => Reflect.get(Object(error), 'code'),
      );

  test('every mode that asks for TLS checks what it says, and then speaks', async () => {
    const { ca, otherCa } = certificates;
    const spoke = 'CONNECTION_LOST';
    expect(await outcome({ tls: 'VERIFY_CA', caCertificate: ca })).toBe(spoke);
    expect(await outcome({ tls: 'VERIFY_CA', caCertificate: otherCa })).toBe('CERTIFICATE_REFUSED');
    expect(await outcome({ tls: 'VERIFY_FULL', caCertificate: ca, host: 'localhost' })).toBe(spoke);
    expect(await outcome({ tls: 'VERIFY_FULL', caCertificate: ca })).toBe('CERTIFICATE_REFUSED');
    expect(await outcome({ tls: 'VERIFY_FULL', caCertificate: otherCa, host: 'localhost' })).toBe(
      'CERTIFICATE_REFUSED',
    );
    // The driver's thin mode takes no certificate unseen.
    expect(await outcome({ tls: 'REQUIRED' })).toBe('CERTIFICATE_REFUSED');
    expect(await outcome({ tls: 'REQUIRED', caCertificate: ca })).toBe(spoke);
  });
});
