import { connect } from 'node:net';
import type { DatabaseEngine } from '../../domain/databases/engines.ts';

/** MySQL speaks first, at once; a server silent for this long is not MySQL. */
const GREETING_MS = 700;
const ANSWER_MS = 1_000;
/** SSLRequest of PostgreSQL: only its servers answer it by a single S or N. */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/**
 * Which engine listens there, asked after a driver got nowhere; null when it cannot be told. Never throws: it only
 * explains a failure that there is already.
 */
export function sniffEngine(target: {
  readonly host: string;
  readonly port: number;
}): Promise<DatabaseEngine | null> {
  return new Promise((resolve) => {
    const socket = connect({ host: target.host, port: target.port });
    let asked = false;
    const end = (engine: DatabaseEngine | null) => {
      socket.destroy();
      resolve(engine);
    };
    socket.setTimeout(GREETING_MS, () => {
      if (asked) return end(null);
      asked = true;
      socket.setTimeout(ANSWER_MS);
      socket.write(SSL_REQUEST);
    });
    socket.once('error', () => end(null));
    socket.once('close', () => end(null));
    socket.once('data', (data) => end(asked ? engineOfAnswer(data) : engineOfGreeting(data)));
  });
}

function engineOfAnswer(data: Buffer): DatabaseEngine | null {
  const answer = data.toString('latin1');
  return data.length === 1 && (answer === 'S' || answer === 'N') ? 'POSTGRESQL' : null;
}

/** A MySQL packet: three bytes of length, sequence 0, protocol version 10 or an error. */
function engineOfGreeting(data: Buffer): DatabaseEngine | null {
  return data.length > 5 && data[3] === 0 && (data[4] === 10 || data[4] === 255) ? 'MYSQL' : null;
}
