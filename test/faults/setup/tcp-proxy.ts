import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A link in front of a server, which can stall, break, and lead somewhere else. */
export interface TcpProxy {
  readonly port: number;
  /** Where new connections lead. */
  leadTo(port: number): void;
  /** Nothing passes any more, in either direction, and nothing is refused either. */
  stall(): void;
  /** What was held up passes. */
  resume(): void;
  close(): Promise<void>;
}

/** Listens on a free port of loopback and passes everything on to `port`. */
export async function startTcpProxy(port: number): Promise<TcpProxy> {
  let target = port;
  let stalled = false;
  const pairs = new Set<readonly [Socket, Socket]>();
  const server = createServer((near) => {
    const far = connect({ host: '127.0.0.1', port: target });
    const pair = [near, far] as const;
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const [from, to] of [pair, [far, near]] as const) {
      from.on('data', (chunk) => to.write(chunk));
      from.on('error', end);
      from.on('close', end);
    }
    if (stalled) for (const socket of pair) socket.pause();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy listens on no port');
  return {
    port: address.port,
    leadTo(other) {
      target = other;
    },
    stall() {
      stalled = true;
      for (const socket of [...pairs].flat()) socket.pause();
    },
    resume() {
      stalled = false;
      for (const socket of [...pairs].flat()) socket.resume();
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of [...pairs].flat()) socket.destroy();
      await closed;
    },
  };
}

/** The same database, reached over this port. */
export function overPort(url: string, port: number): string {
  return Object.assign(new URL(url), { port: String(port) }).href;
}
