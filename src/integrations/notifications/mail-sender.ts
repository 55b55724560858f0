import { createTransport } from 'nodemailer';
import { isCertificateError } from '../../domain/errors/certificate-errors.ts';
import { isEmailAddress } from '../../domain/notifications/notify-input.ts';
import type { Secret } from '../../secret.ts';
import { DeliveryFailed, type MailSender } from './senders.ts';

const CONNECT_TIMEOUT_MS = 10_000;
const SOCKET_TIMEOUT_MS = 20_000;

/** Errors of nodemailer that concern this one message, not the server. */
const MESSAGE_ERRORS = new Set(['EENVELOPE', 'EMESSAGE']);

/** `5.7.1 <ops@example.com>: Sender address rejected: not owned by user`, `relay access denied`, `mail from must equal …`. */
const SENDER_WORDS =
  /\bsenders?\b|mail ?from|\bfrom (?:address|header|domain)|\brelay|authenticat|authori[sz]ed user|not owned|\bspf\b|\bdkim\b|\bdmarc\b|\b5\.1\.[78]\b|发件|发信/i;
const RECIPIENT_WORDS =
  /recipient|mailbox (?:unavailable|not found|full)|user unknown|no such user|unknown user|收件/i;

/** Sends through the server of `SMTP_URL`; a connection per message, since there are few. */
export function createMailSender(smtpUrl: Secret): MailSender {
  const transport = createTransport({
    url: smtpUrl.reveal(),
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SOCKET_TIMEOUT_MS,
    // Our texts refer to no files or addresses to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const sender = defaultSender(smtpUrl);
  return {
    async send({ from, to, subject, text, messageId }) {
      try {
        await transport.sendMail({
          from: from ?? sender,
          to: { name: '', address: to },
          subject,
          text,
          messageId,
        });
      } catch (error) {
        throw failureOf(error, from ?? sender);
      }
    },
    close: () => transport.close(),
  };
}

/** The user of the URL where that is an address, else a name at the server's host. */
function defaultSender(smtpUrl: Secret): string {
  const { username, hostname } = new URL(smtpUrl.reveal());
  const user = decodeURIComponent(username);
  return isEmailAddress(user) ? user : `accountsync@${hostname.replace(/^\[.*\]$|^[\d.]+$/, 'localhost')}`;
}

/** The server's words may repeat the address and our login: only its numbers are kept. */
function failureOf(error: unknown, from: string): DeliveryFailed {
  const code = propertyOf(error, 'code') ?? 'unknown';
  const answer = propertyOf(error, 'responseCode');
  const detail = answer === null ? code : `${code}, SMTP ${answer}`;
  const refused = answer !== null && /^5/.test(answer);
  // Whom the server lets send is the operator's to settle, and has nothing to do with this message.
  if (refused && concernsSender(error, code)) {
    return new DeliveryFailed({ code: 'MAIL_SENDER_REFUSED', parameters: { detail, from }, ours: true });
  }
  const permanent = MESSAGE_ERRORS.has(code) && refused;
  return new DeliveryFailed({
    code: permanent ? 'MAIL_REFUSED' : 'MAIL_FAILED',
    parameters: {
      detail,
      ...(isCertificateError(`${code} ${messageOf(error)}`) ? { variant: 'CERTIFICATE' } : {}),
    },
    permanent,
  });
}

/** By the command, or by the words: many servers keep what they say of the sender until the recipient or the text comes. */
function concernsSender(error: unknown, code: string): boolean {
  if (code === 'EAUTH' || propertyOf(error, 'command') === 'MAIL FROM') return true;
  const words = propertyOf(error, 'response') ?? '';
  return MESSAGE_ERRORS.has(code) && SENDER_WORDS.test(words) && !RECIPIENT_WORDS.test(words);
}

/** nodemailer gives a code of its own, and Node's in the words. */
function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.toUpperCase().replaceAll(/[ -]/g, '_') : '';
}

function propertyOf(error: unknown, name: string): string | null {
  if (!(error instanceof Error)) return null;
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}
