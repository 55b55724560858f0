import { createServer, type IncomingMessage } from 'node:http';
import pg from 'pg';
import { WebSocketServer } from 'ws';
import { copyItems } from './copy-items.ts';
import { requestStatement, tasksStatement } from './limit-statements.ts';

// Measures the machine's limit with the simplest program that does the same: node http and one statement, in a
// process of its own like the service. `node bench/limit-server.ts DATABASE_URL` prints {"url"} and serves /request,
// /tasks and /intake; notifications of the channel `bench` go to every WebSocket.

const [databaseUrl = ''] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });

const server = createServer((request, response) => {
  answer(request)
    .then((text) => {
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
      });
      response.end(text);
    })
    .catch((error: unknown) => response.writeHead(500).end(String(error)));
});

async function answer(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const { variables } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  switch (request.url) {
    case '/request':
      return await read(requestStatement, [variables.requestId]);
    case '/tasks':
      return await read(tasksStatement, [variables.filter.system, variables.filter.status]);
    default:
      return await copyItems(pool, variables.input);
  }
}

async function read(statement: string, values: readonly unknown[]): Promise<string> {
  const { rows } = await pool.query<{ answer: string }>(statement, [...values]);
  return rows[0]?.answer ?? 'null';
}

const sockets = new WebSocketServer({ server, perMessageDeflate: false });
const listener = new pg.Client({ connectionString: databaseUrl });
await listener.connect();
await listener.query('listen bench');
listener.on('notification', ({ payload = '' }) => {
  for (const socket of sockets.clients) socket.send(payload);
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}/` })}\n`);
});
