import { expect, it } from 'vitest';
import { connectionTo, parseHosts } from './primary.ts';

it('a URL of one host is left as it is', () => {
  const url = 'postgres://me:p%40ss@db.example.com:5433/accounts?sslmode=require';
  expect(parseHosts(url)).toEqual({ hosts: [{ host: 'db.example.com', port: 5433 }], single: url });
  expect(connectionTo(url)).toEqual({ connectionString: url });
});

it('several hosts, each with a port of its own or the usual one, and IPv6 among them', () => {
  const url =
    'postgresql://me:p,w@one,two:6432,[::1]:7432/accounts?target_session_attrs=read-write&sslmode=require';
  expect(parseHosts(url)).toEqual({
    hosts: [
      { host: 'one', port: 5432 },
      { host: 'two', port: 6432 },
      { host: '::1', port: 7432 },
    ],
    single: 'postgresql://me:p,w@one/accounts?sslmode=require',
  });
});

it('says which databases it asked in vain', async () => {
  const { stream } = connectionTo('postgres://me@127.0.0.1:1,127.0.0.1:2/accounts');
  const socket = stream?.();
  const failed = new Promise((resolve) => socket?.once('error', resolve));
  if (socket !== undefined && 'connect' in socket && typeof socket.connect === 'function') socket.connect();
  expect(await failed).toMatchObject({
    code: 'ECONNREFUSED',
    message: 'None of the databases 127.0.0.1:1, 127.0.0.1:2 may be written to.',
  });
});
