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
