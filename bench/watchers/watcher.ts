import { WebSocket } from 'ws';

const WATCH = `subscription Watch($requestId: String!) { requestProgress(requestId: $requestId) { final percent } }`;
/** Between two tries, and as much again by chance, as clients are told to do. */
const COME_BACK_AFTER_MS = 500;

/**
 * A client that watches one request to its end and reconnects when the connection breaks. Speaks the protocol itself.
 */
export class Watcher {
  readonly #options: { readonly url: string; readonly key: string; readonly requestId: string };
  readonly #watching = Promise.withResolvers<void>();
  /** Final events so far. */
  ends = 0;

  constructor(options: { readonly url: string; readonly key: string; readonly requestId: string }) {
    this.#options = options;
    this.#open();
  }

  /** Resolves with the first event. */
  watching(): Promise<void> {
    return this.#watching.promise;
  }

  #open(): void {
    const { url, key, requestId } = this.#options;
    const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws', {
      perMessageDeflate: false,
    });
    const say = (message: object) => socket.send(JSON.stringify(message));
    let complete = false;
    socket.on('open', () => say({ type: 'connection_init', payload: { authorization: `Bearer ${key}` } }));
    socket.on('message', (data) => {
      const text = String(data);
      if (text.includes('"connection_ack"'))
        say({ id: '1', type: 'subscribe', payload: { query: WATCH, variables: { requestId } } });
      else if (text.includes('"next"')) {
        this.#watching.resolve();
        if (text.includes('"final":true')) this.ends += 1;
      } else if (text.includes('"ping"')) say({ type: 'pong' });
      else if (text.includes('"complete"')) {
        complete = true;
        socket.close(1000);
      }
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      if (!complete) setTimeout(() => this.#open(), COME_BACK_AFTER_MS * (1 + Math.random()));
    });
  }
}
