import { once } from 'node:events';
import type { Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { OpenWork } from './operations/open-work.ts';
import type { WebSockets } from './sockets/web-sockets.ts';

interface CloseOptions {
  readonly server: Server;
  readonly webSockets: WebSockets;
  readonly openWork: OpenWork;
  readonly timeoutMs: number;
}

/**
 * Accepts nothing new, lets running operations answer, closes WebSockets (1001) and streams (a last answer with
 * UNAVAILABLE). Connections that are left after `timeoutMs` are cut.
 */
export async function closeServer({ server, webSockets, openWork, timeoutMs }: CloseOptions): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  const deadline = new AbortController();
  const timeout = delay(timeoutMs, undefined, { signal: deadline.signal });
  try {
    await Promise.race([endGracefully({ webSockets, openWork, closed }), timeout]);
  } finally {
    deadline.abort();
    webSockets.terminate();
    server.closeAllConnections();
  }
  await closed;
}

interface GracefulEnd {
  readonly webSockets: WebSockets;
  readonly openWork: OpenWork;
  readonly closed: Promise<unknown>;
}

async function endGracefully({ webSockets, openWork, closed }: GracefulEnd): Promise<void> {
  await openWork.whenIdle();
  // The callbacks after an operation's end write its answer to the socket.
  await new Promise((resolve) => setImmediate(resolve));
  webSockets.close();
  openWork.endStreams();
  await closed;
}
