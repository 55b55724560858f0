import { Agent, request } from 'node:http';

/** Posts JSON over connections that stay open; answers are read whole and parsed only when asked. */
export class HttpClient {
  readonly #url: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });

  constructor(url: string, headers: Readonly<Record<string, string>> = {}) {
    this.#url = url;
    this.#headers = { 'content-type': 'application/json', ...headers };
  }

  /** @throws when the status is not 2xx. */
  post(body: string | Buffer): Promise<string> {
    return this.#send('POST', this.#url, body);
  }

  get(path: string): Promise<string> {
    return this.#send('GET', new URL(path, this.#url).href, '');
  }

  close(): void {
    this.#agent.destroy();
  }

  #send(method: string, url: string, body: string | Buffer): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const headers = { ...this.#headers, 'content-length': Buffer.byteLength(body) };
    const sent = request(url, { method, headers, agent: this.#agent }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.once('error', reject);
      answer.once('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        if ((answer.statusCode ?? 500) < 300) resolve(text);
        else reject(new Error(`HTTP ${answer.statusCode}: ${text.slice(0, 500)}`));
      });
    });
    sent.once('error', reject);
    sent.end(body);
    return promise;
  }
}

/** Calls per second of `call` by several callers at once, each sending its next call after the answer. */
export async function callsPerSecond(
  call: () => Promise<unknown>,
  options: { readonly callers: number; readonly durationMs: number },
): Promise<{ readonly perSecond: number; readonly count: number }> {
  const startedAt = performance.now();
  const until = startedAt + options.durationMs;
  let count = 0;
  const caller = async () => {
    while (performance.now() < until) {
      await call();
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: options.callers }, caller));
  return { perSecond: (count * 1_000) / (performance.now() - startedAt), count };
}
