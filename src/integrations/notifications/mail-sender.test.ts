import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { type MailServer, readMail, startMailServer } from '../../../test/setup/receivers.ts';
import { Secret } from '../../secret.ts';
import { createMailSender } from './mail-sender.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function setup(server: Pick<MailServer, 'url'> & { close?: () => unknown }) {
  const sender = createMailSender(new Secret(server.url));
  open.push(sender);
  return (to: string, from: string | null = null) =>
    sender.send({
      from,
      to,
      subject: '[AccountSync] 部分失败',
      text: '共 5 人\n',
      messageId: '<evt_1.7@accountsync>',
    });
}

test('a mail goes over the wire with subject, text, sender and id', async () => {
  const server = await startMailServer();
  open.push(server);
  const send = await setup(server);
  await send('ops@example.com', 'it@example.com');
  const [mail] = await server.received('ops@example.com');
  expect(mail?.from).toBe('it@example.com');
  expect(mail && readMail(mail)).toEqual({ subject: '[AccountSync] 部分失败', text: '共 5 人' });
  expect(mail?.raw).toMatch(/^message-id: <evt_1\.7@accountsync>/im);
});

test('without a sender of its own a mail comes from the server of the URL', async () => {
  const server = await startMailServer();
  open.push(server);
  await (await setup(server))('ops@example.com');
  expect((await server.received('ops@example.com'))[0]?.from).toBe('accountsync@localhost');
});

test('a recipient who is refused is refused for good', async () => {
  const server = await startMailServer();
  open.push(server);
  await expect((await setup(server))('nobody@refused.example.com')).rejects.toMatchObject({
    code: 'MAIL_REFUSED',
    permanent: true,
    parameters: { detail: 'EENVELOPE, SMTP 550' },
  });
});

test('a server that is not there may be back later', async () => {
  const send = await setup({ url: 'smtp://user:secret@127.0.0.1:1' });
  await expect(send('ops@example.com')).rejects.toMatchObject({ code: 'MAIL_FAILED', permanent: false });
  await expect(send('ops@example.com')).rejects.not.toThrow(/secret/);
});

test.each([
  [
    'RCPT',
    '553 5.7.1 <it@example.com>: Sender address rejected: not owned by user notice',
    'MAIL_SENDER_REFUSED',
  ],
  ['RCPT', '554 5.7.1 <ops@example.com>: Relay access denied', 'MAIL_SENDER_REFUSED'],
  ['RCPT', '550 发件人地址与登录用户不一致', 'MAIL_SENDER_REFUSED'],
  ['DATA', '550 5.7.26 unauthenticated mail is not accepted: SPF and DKIM failed', 'MAIL_SENDER_REFUSED'],
  ['AUTH', '535 5.7.8 authentication failed', 'MAIL_SENDER_REFUSED'],
  ['RCPT', '550 5.1.1 recipient rejected by sender policy', 'MAIL_REFUSED'],
  ['DATA', '554 5.7.1 message looks like spam', 'MAIL_REFUSED'],
  ['RCPT', '450 4.2.0 greylisted, sender unknown yet', 'MAIL_FAILED'],
  ['AUTH', '454 4.7.0 temporary authentication failure', 'MAIL_FAILED'],
])('DP01: %s %s is %s', async (verb, answer, code) => {
  const server = await startRefusing(verb, answer);
  open.push(server);
  await expect((await setup(server))('ops@example.com', 'it@example.com')).rejects.toMatchObject({
    code,
    ours: code === 'MAIL_SENDER_REFUSED',
    permanent: code === 'MAIL_REFUSED',
  });
});

/** A server that answers one verb as it is told and takes all others. */
async function startRefusing(verb: string, answer: string) {
  const usual: Readonly<Record<string, string>> = {
    EHLO: '250-x\r\n250 AUTH PLAIN',
    AUTH: '235 in',
    MAIL: '250 ok',
    RCPT: '250 ok',
    DATA: '354 go',
    QUIT: '221 bye',
  };
  const server = createServer((socket) => {
    socket.write('220 x\r\n');
    socket.on('error', () => {});
    socket.setEncoding('utf8').on('data', (lines: string) => {
      const given = lines.slice(0, 4).toUpperCase();
      socket.write(`${given === verb ? answer : (usual[given] ?? '250 ok')}\r\n`);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return { url: `smtp://user:secret@127.0.0.1:${port}?ignoreTLS=true`, close: () => server.close() };
}
