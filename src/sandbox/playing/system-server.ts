import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** Requests of the real clients are a few kilobytes. */
const LARGEST_REQUEST_BYTES = 1024 * 1024;
/** A port that was closed to refuse connections may be busy for a moment when it opens again. */
const REOPEN_ATTEMPTS = 50;
const REOPEN_PAUSE_MS = 20;

/** An HTTP server on one port that can be closed and opened again on the same port. */
export interface SystemServer {
  readonly url: string;
  /** Refuses connections and ends those that are open. */
  shut(): Promise<void>;
  /** Listens again where it did before. */
  reopen(): Promise<void>;
}

export async function createSystemServer(options: {
  readonly host: string;
  readonly port: number;
  readonly listener: RequestListener;
}): Promise<SystemServer> {
  const sockets = new Set<Socket>();
  const server = createServer({ keepAlive: true }, options.listener);
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await listen(server, options);
  const port = portOf(server);
  return {
    url: `http://${options.host}:${port}`,
    async shut() {
      if (!server.listening) return;
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      for (const socket of sockets) socket.destroy();
      await closed.promise;
    },
    async reopen() {
      if (!server.listening) await listen(server, { host: options.host, port });
    },
  };
}

async function listen(server: Server, at: { readonly host: string; readonly port: number }): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const listening = Promise.withResolvers<void>();
    server.once('error', listening.reject);
    server.listen(at.port, at.host, () => listening.resolve());
    try {
      await listening.promise;
      return;
    } catch (error) {
      if (attempt >= REOPEN_ATTEMPTS || at.port === 0) throw error;
      await pause(REOPEN_PAUSE_MS);
    } finally {
      server.off('error', listening.reject);
    }
  }
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('the sandbox listens on no port');
  return address.port;
}

/** Resolves after `durationMs`. */
export function pause(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs));
}

/** As `readBody`, for callers that need only the JSON. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  return (await readBody(request)).body;
}

/** Reads a request's body whole; undefined when it is no JSON (also when it is empty). Rejects when it is too large. */
export async function readBody(request: IncomingMessage): Promise<{ body: unknown; bytes: Buffer }> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const part = Buffer.from(chunk);
    bytes += part.length;
    if (bytes > LARGEST_REQUEST_BYTES) throw new Error(`request larger than ${LARGEST_REQUEST_BYTES} bytes`);
    chunks.push(part);
  }
  const whole = Buffer.concat(chunks);
  try {
    return { body: JSON.parse(whole.toString('utf8')), bytes: whole };
  } catch {
    return { body: undefined, bytes: whole };
  }
}
