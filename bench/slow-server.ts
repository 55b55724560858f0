import { createServer } from 'node:http';

// A slow upstream: `node bench/slow-server.ts MILLISECONDS` prints {"url"} and answers everything after that time.

const latencyMs = Number(process.argv[2]);
const server = createServer((_request, response) => {
  setTimeout(() => response.end('{}'), latencyMs);
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}/` })}\n`);
});
