import type { ServerResponse } from 'node:http';
import { createGzip } from 'node:zlib';
import type { FaultKind, FaultRule } from './faults.ts';
import type { PlayedAnswer } from './played-system.ts';

/** Whether the effect takes place when the rule does not say. */
export function appliesByDefault(fault: FaultKind): boolean {
  switch (fault) {
    case 'answer-lost':
    case 'half':
    case 'duplicate':
    case 'invisible':
    case 'delay':
      return true;
    case 'refuse':
    case 'reset':
    case 'hang':
    case 'throttle':
    case 'status':
    case 'garbage':
    case 'html':
    case 'empty':
    case 'redirect':
    case 'huge':
    case 'gzip-bomb':
    case 'token-expired':
    case 'business-error':
      return false;
  }
}

/** Writes an ordinary answer. */
export function writeAnswer(
  response: ServerResponse,
  { status, body }: Pick<PlayedAnswer, 'status' | 'body'>,
): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'Content-Type': 'application/json;charset=UTF-8',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}

/** Writes the answer of a fault. Faults that change only the effect, not the answer, are elsewhere. */
export function writeFault(response: ServerResponse, rule: FaultRule, answer: PlayedAnswer): void {
  switch (rule.fault) {
    case 'refuse':
    case 'reset':
    case 'answer-lost':
      response.socket?.destroy();
      return;
    case 'half':
      writeHalf(response, JSON.stringify(answer.body));
      return;
    case 'throttle':
      response.writeHead(rule.status ?? 429, {
        'Content-Type': 'text/plain',
        ...(rule.retryAfter === undefined ? {} : { 'Retry-After': String(rule.retryAfter) }),
      });
      response.end('slow down');
      return;
    case 'status':
      response.writeHead(rule.status ?? 500, {
        'Content-Type': 'text/plain',
        'X-Request-Id': 'sandbox-fault',
      });
      response.end(rule.message ?? 'upstream error');
      return;
    case 'garbage':
      writeText(response, { type: 'application/json', text: '{"code":"0", this is no JSON' });
      return;
    case 'html':
      writeText(response, { type: 'text/html', text: '<!doctype html><title>Login</title><form>…</form>' });
      return;
    case 'empty':
      writeText(response, { type: 'application/json', text: '' });
      return;
    case 'redirect':
      response.writeHead(302, { Location: rule.location ?? '/login' });
      response.end();
      return;
    case 'huge':
      writeEndless(response, { bytes: rule.bytes, gzip: false });
      return;
    case 'gzip-bomb':
      writeEndless(response, { bytes: rule.bytes, gzip: true });
      return;
    case 'hang':
    case 'token-expired':
    case 'business-error':
    case 'duplicate':
    case 'invisible':
    case 'delay':
      writeAnswer(response, answer);
      return;
  }
}

function writeText(
  response: ServerResponse,
  { type, text }: { readonly type: string; readonly text: string },
): void {
  response.writeHead(200, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(text) });
  response.end(text);
}

function writeHalf(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) });
  response.write(text.slice(0, Math.floor(text.length / 2)), () => response.socket?.destroy());
}

const CHUNK = Buffer.alloc(64 * 1024, ' ');

/** JSON that opens and then is blank for `bytes`; stops when the other side hangs up. */
function writeEndless(
  response: ServerResponse,
  { bytes, gzip }: { readonly bytes: number; readonly gzip: boolean },
): void {
  response.writeHead(200, {
    'Content-Type': 'application/json',
    ...(gzip ? { 'Content-Encoding': 'gzip' } : {}),
  });
  const gzipped = gzip ? createGzip() : null;
  gzipped?.pipe(response);
  const out = gzipped ?? response;
  let left = bytes;
  const pour = () => {
    while (left > 0 && !response.destroyed) {
      left -= CHUNK.length;
      if (!out.write(CHUNK)) {
        out.once('drain', pour);
        return;
      }
    }
    out.end();
  };
  response.once('close', () => gzipped?.destroy());
  out.write('{"code":"0","padding":"');
  pour();
}
