import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { Webhook } from 'standardwebhooks';
import { vi } from 'vitest';

const DEADLINE_MS = 60_000;

/** One message as it came in. */
export interface ReceivedPost {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What a receiver answers to a path; default 204. */
export type Answers = Map<string, { readonly status: number; readonly headers?: Record<string, string> }>;

/** A receiver of webhooks on a real socket. */
export async function startReceiver() {
  const posts: ReceivedPost[] = [];
  const answers: Answers = new Map();
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      const path = request.url ?? '';
      posts.push({ path, headers: request.headers, body });
      const { status, headers } = answers.get(path) ?? { status: 204 };
      response.writeHead(status, headers).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${portOf(server.address())}`;
  return {
    url,
    posts,
    answers,
    /** The posts to a path, as soon as there are so many. */
    async received(path: string, count = 1): Promise<ReceivedPost[]> {
      const found = () => posts.filter((post) => post.path === path);
      await vi.waitUntil(() => found().length >= count, { timeout: DEADLINE_MS, interval: 5 });
      return found();
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
export type Receiver = Awaited<ReturnType<typeof startReceiver>>;

/** What a signed message says. @throws when the signature is not that of the secret. */
export function verified(post: ReceivedPost, secret: string): Record<string, unknown> {
  const headers = Object.fromEntries(
    Object.entries(post.headers).map(([name, value]) => [name, String(value)]),
  );
  return Object(new Webhook(secret).verify(post.body, headers));
}

/** One mail as it came in. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** As it went over the wire. */
  readonly raw: string;
}

/**
 * A mail server on a real socket, without login; addresses at `refused.example.com` are refused, and senders other than
 * `onlyFrom`.
 */
export async function startMailServer({ onlyFrom }: { readonly onlyFrom?: string } = {}) {
  const mails: ReceivedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onMailFrom({ address }, _session, callback) {
      const refusal = Object.assign(new Error('sender must be the login'), { responseCode: 501 });
      callback(onlyFrom === undefined || address === onlyFrom ? null : refusal);
    },
    onRcptTo({ address }, _session, callback) {
      const refusal = Object.assign(new Error('no such mailbox'), { responseCode: 550 });
      callback(address.endsWith('@refused.example.com') ? refusal : null);
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString('utf8'),
        });
        callback();
      });
    },
  });
  server.on('error', () => {});
  const listener = server.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const port = portOf(listener.address());
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    /** The mails to an address, as soon as there are so many. */
    async received(address: string, count = 1): Promise<ReceivedMail[]> {
      const found = () => mails.filter(({ to }) => to.includes(address));
      await vi.waitUntil(() => found().length >= count, { timeout: DEADLINE_MS, interval: 5 });
      return found();
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
export type MailServer = Awaited<ReturnType<typeof startMailServer>>;

/** Subject and text of a mail, decoded. */
export function readMail({ raw }: ReceivedMail): { readonly subject: string; readonly text: string } {
  const split = raw.indexOf('\r\n\r\n');
  const head = raw.slice(0, split).replace(/\r\n[ \t]+/g, ' ');
  const subject = (/^subject: (.*)$/im.exec(head)?.[1] ?? '').replace(/\?= =\?/g, '?==?');
  const words = subject.replace(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
    decode(kind.toUpperCase() === 'B' ? 'base64' : 'quoted-printable', text.replaceAll('_', ' ')),
  );
  const encoding = /^content-transfer-encoding: (.*)$/im.exec(head)?.[1] ?? '7bit';
  return {
    subject: words,
    text: decode(encoding, raw.slice(split + 4))
      .replaceAll('\r\n', '\n')
      .trim(),
  };
}

function decode(encoding: string, text: string): string {
  if (encoding === 'base64') return Buffer.from(text, 'base64').toString('utf8');
  if (encoding !== 'quoted-printable') return text;
  const bytes = text
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}
