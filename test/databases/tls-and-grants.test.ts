import { chmodSync, chownSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { grantScripts } from '../../src/cli/commands/databases/grant-scripts.ts';
import type {
  DatabaseConnector,
  DatabaseTarget,
} from '../../src/integrations/contract/database-connector.ts';
import { mysqlConnector } from '../../src/integrations/mysql/connector.ts';
import { postgresqlConnector } from '../../src/integrations/postgresql/connector.ts';
import { Secret } from '../../src/secret.ts';
import { type Certificates, hasOpenssl, makeCertificates } from './setup/certificates.ts';
import { hasMariaDb, startMariaDb } from './setup/mariadb.ts';
import { startPopulatedPostgres } from './setup/populated-postgres.ts';
import { call } from './setup/recorded.ts';

interface Subject {
  readonly connector: DatabaseConnector;
  readonly target: DatabaseTarget;
  stop(): Promise<void>;
}

const PASSWORD = /replace-this-password-[\w!]+/.exec(grantScripts.postgresql)?.[0] ?? '';

/** A server whose reader has been given exactly what the printed script gives. */
async function postgresSubject(certificates: Certificates): Promise<Subject> {
  const server = await startPopulatedPostgres({ empty: true });
  await server.query(null, 'create database plain');
  await server.query('plain', 'create table things (id int)');
  const [row] = await server.query(null, 'show data_directory');
  const folder = String(row?.['data_directory']);
  const { uid, gid } = statSync(folder);
  for (const [name, text] of [
    ['server.key', certificates.serverKey],
    ['server.crt', certificates.serverCertificate],
  ] as const) {
    const path = join(folder, name);
    writeFileSync(path, text);
    chmodSync(path, 0o600);
    chownSync(path, uid, gid);
  }
  await server.query(null, 'alter system set ssl = on');
  await server.query(null, 'select pg_reload_conf()');
  // The superuser of the embedded server has the name of the script's role.
  await server.query(null, grantScripts.postgresql.replaceAll(' accountsync', ' catalog_reader'));
  return {
    connector: postgresqlConnector,
    target: { ...server.target, username: 'catalog_reader', password: new Secret(PASSWORD), tls: 'REQUIRED' },
    stop: server.stop,
  };
}

async function mariaSubject({ folder }: Certificates): Promise<Subject> {
  const server = await startMariaDb([
    `--ssl-ca=${join(folder, 'ca.pem')}`,
    `--ssl-cert=${join(folder, 'server.pem')}`,
    `--ssl-key=${join(folder, 'server.key')}`,
  ]);
  const statements = grantScripts.mysql.split('\n').filter((line) => line !== '' && !line.startsWith('--'));
  await server.run(['create database plain', 'create table plain.things (id int)', ...statements]);
  const target = {
    host: '127.0.0.1',
    port: server.port,
    database: null,
    username: 'accountsync',
    password: new Secret(PASSWORD),
    tls: 'REQUIRED',
    caCertificate: null,
  } as const;
  return { connector: mysqlConnector, target, stop: server.stop };
}

const subjects: readonly (readonly [string, (certificates: Certificates) => Promise<Subject>, boolean])[] = [
  ['PostgreSQL (needs openssl)', postgresSubject, hasOpenssl],
  ['MariaDB (needs mariadb-server, openssl)', mariaSubject, hasMariaDb && hasOpenssl],
];

describe.each(subjects)('%s', (_name, start, isThere) => {
  describe.skipIf(!isThere)('with a certificate of its own', () => {
    let certificates: Certificates;
    let subject: Subject;

    beforeAll(async () => {
      certificates = makeCertificates();
      subject = await start(certificates);
    });
    afterAll(async () => {
      await subject.stop();
      certificates.remove();
    });

    const outcome = (changes: Partial<DatabaseTarget>) =>
      subject.connector.testConnection({ ...subject.target, ...changes }, call).then(
        ({ tlsInUse }) => (tlsInUse ? 'encrypted' : 'plain'),
        (error: unknown) => Reflect.get(Object(error), 'code'),
      );

    test('every mode does what it says', async () => {
      const { ca, otherCa } = certificates;
      expect(await outcome({ tls: 'DISABLED' })).toBe('plain');
      expect(await outcome({ tls: 'PREFERRED' })).toBe('encrypted');
      expect(await outcome({ tls: 'REQUIRED' })).toBe('encrypted');
      expect(await outcome({ tls: 'VERIFY_CA', caCertificate: ca })).toBe('encrypted');
      expect(await outcome({ tls: 'VERIFY_CA', caCertificate: otherCa })).toBe('CERTIFICATE_REFUSED');
      expect(await outcome({ tls: 'VERIFY_CA' })).toBe('CERTIFICATE_REFUSED');
      // The certificate names localhost and 127.0.0.2.
      expect(await outcome({ tls: 'VERIFY_CA', caCertificate: ca, host: '127.0.0.1' })).toBe('encrypted');
      expect(await outcome({ tls: 'VERIFY_FULL', caCertificate: ca, host: 'localhost' })).toBe('encrypted');
      expect(await outcome({ tls: 'VERIFY_FULL', caCertificate: ca, host: '127.0.0.1' })).toBe(
        'CERTIFICATE_REFUSED',
      );
      expect(await outcome({ tls: 'VERIFY_FULL', caCertificate: ca, host: '127.0.0.2' })).toBe('encrypted');
      expect(await outcome({ tls: 'VERIFY_FULL', caCertificate: otherCa, host: 'localhost' })).toBe(
        'CERTIFICATE_REFUSED',
      );
    });

    test('the printed script gives all that reading takes, and nothing of the data', async () => {
      const report = await subject.connector.testConnection(subject.target, call);
      expect(report.coverage.filter(({ status }) => status !== 'OK')).toEqual([]);
      const catalog = await subject.connector.readCatalog(subject.target, call);
      expect(catalog.coverage.filter(({ status }) => status !== 'OK')).toEqual([]);
      expect(catalog.coverage.length).toBeGreaterThan(4);
      const reader = catalog.accounts.find(({ name }) => name === subject.target.username);
      const told = reader?.permissions.map(({ scope, privilege }) => `${privilege} ${scope}`) ?? [];
      expect(told.filter((one) => one.includes('plain'))).toEqual([]);
    });
  });
});
