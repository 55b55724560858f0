import { type Server as HttpServer, type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Server as GraphqlServer, handleProtocols } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Locale } from '../../domain/errors/error-entry.ts';
import type { Logger } from '../../logger.ts';
import type { OriginPolicy } from '../http/origins.ts';
import type { ServerLimits } from '../limits/limits.ts';
import { sendOrDrop } from '../limits/slow-readers.ts';
import { watchPeer } from './watch-peer.ts';
import type { SocketSession } from './web-socket-operations.ts';

const GOING_AWAY = 1001;
const INTERNAL_SERVER_ERROR = 4500;

/** A close frame holds 125 bytes, two of them the code. */
const MAX_REASON_BYTES = 123;

export interface WebSocketsOptions {
  readonly server: HttpServer;
  readonly path: string;
  readonly operations: GraphqlServer<SocketSession>;
  readonly origins: OriginPolicy;
  readonly limits: ServerLimits;
  readonly defaultLocale: Locale;
  readonly logger: Logger;
  readonly isClosing: () => boolean;
}

interface Refusal {
  readonly status: number;
  readonly reason: string;
}

/** The WebSocket side of the server: upgrades, dead peers, and the end. */
export class WebSockets {
  readonly #options: WebSocketsOptions;
  readonly #server: WebSocketServer;

  constructor(options: WebSocketsOptions) {
    this.#options = options;
    this.#server = new WebSocketServer({
      noServer: true,
      maxPayload: options.limits.webSocketMessageBytes,
      handleProtocols: (protocols) => handleProtocols(protocols),
      // Small messages: compressing them costs more than it saves, and memory per socket.
      perMessageDeflate: false,
    });
    options.server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
  }

  /** Sends a close frame to every peer; each closes when it answers, or at `terminate`. */
  close(): void {
    for (const socket of this.#server.clients) socket.close(GOING_AWAY, 'The server is going away.');
  }

  terminate(): void {
    for (const socket of this.#server.clients) socket.terminate();
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { logger } = this.#options;
    socket.on('error', (error) => logger.debug({ error }, 'a socket broke while it was upgraded'));
    const refusal = this.#refusal(request);
    if (refusal !== null) {
      logger.info({ ...refusal, origin: request.headers.origin }, 'a WebSocket was refused');
      refuseUpgrade(socket, refusal);
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (webSocket) => this.#accept(webSocket, request));
  }

  #refusal(request: IncomingMessage): Refusal | null {
    const { path, origins, isClosing } = this.#options;
    if (isClosing()) return { status: 503, reason: 'The server is shutting down.' };
    if (request.url?.split('?')[0] !== path) {
      return { status: 404, reason: `WebSockets are served at ${path}.` };
    }
    if (origins.allowsWebSocket(request)) return null;
    return { status: 403, reason: 'Pages of this origin may not connect unless ALLOWED_ORIGINS names it.' };
  }

  #accept(socket: WebSocket, request: IncomingMessage): void {
    const { operations, logger, limits, defaultLocale } = this.#options;
    // Invalid frames and too long messages: ws closes the socket with the fitting code.
    socket.on('error', (error) => logger.debug({ error }, 'a WebSocket broke'));
    const sending = {
      slowReaderMs: limits.slowReaderMs,
      onDrop: () => logger.info('a WebSocket was closed: its peer reads too slowly'),
    };
    const close = (code: number, reason: string) => socket.close(code, shorten(reason));
    const acceptLanguage = request.headers['accept-language'];
    const closed = operations.opened(
      {
        protocol: socket.protocol,
        send: (text) => sendOrDrop(socket, text, sending),
        close: (code, reason) => close(code ?? GOING_AWAY, reason ?? ''),
        onMessage: (handle) => {
          socket.on('message', (data) => {
            handle(String(data)).catch((error: unknown) => {
              logger.error({ error }, 'a WebSocket message could not be handled');
              close(INTERNAL_SERVER_ERROR, 'Internal server error');
            });
          });
        },
      },
      {
        acceptLanguage,
        close,
        viewer: null,
        locale: defaultLocale,
        form: 'OPERATION',
        forgetLapse: () => {},
        isClosed: false,
      },
    );
    const stopWatching = watchPeer(socket, limits.keepAliveMs);
    socket.once('close', (code, reason) => {
      stopWatching();
      closed(code, String(reason)).catch((error: unknown) => {
        logger.error({ error }, 'a WebSocket could not be cleaned up');
      });
    });
  }
}

function shorten(reason: string): string {
  const bytes = Buffer.from(reason);
  // Cutting may split a character, which becomes a replacement character of three bytes.
  return bytes.length <= MAX_REASON_BYTES ? reason : `${bytes.toString('utf8', 0, MAX_REASON_BYTES - 6)}…`;
}

function refuseUpgrade(socket: Duplex, { status, reason }: Refusal): void {
  const body = JSON.stringify({ error: reason });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'connection: close',
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
