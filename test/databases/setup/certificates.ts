import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const OPENSSL = '/usr/bin/openssl';

/** Without it no certificates can be made; tests say that they are skipped. */
export const hasOpenssl = existsSync(OPENSSL);

/** An authority of the test's own, a certificate of `localhost` and 127.0.0.2 that it signed, and an authority that signed nothing. */
export interface Certificates {
  readonly folder: string;
  readonly ca: string;
  readonly otherCa: string;
  readonly serverKey: string;
  readonly serverCertificate: string;
  remove(): void;
}

export function makeCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'accountsync-certificates-'));
  chmodSync(folder, 0o755);
  const run = (...args: string[]) => execFileSync(OPENSSL, args, { cwd: folder, stdio: 'pipe' });
  const authority = (name: string) =>
    run(
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '2',
      '-subj',
      `/CN=${name}`,
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.pem`,
    );
  authority('ca');
  authority('other');
  run(
    'req',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-subj',
    '/CN=localhost',
    '-keyout',
    'server.key',
    '-out',
    'server.csr',
  );
  writeFileSync(join(folder, 'names'), 'subjectAltName=DNS:localhost,IP:127.0.0.2\n');
  run(
    'x509',
    '-req',
    '-in',
    'server.csr',
    '-CA',
    'ca.pem',
    '-CAkey',
    'ca.key',
    '-CAcreateserial',
    '-days',
    '2',
    '-extfile',
    'names',
    '-out',
    'server.pem',
  );
  chmodSync(join(folder, 'server.key'), 0o644);
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  return {
    folder,
    ca: read('ca.pem'),
    otherCa: read('other.pem'),
    serverKey: read('server.key'),
    serverCertificate: read('server.pem'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
