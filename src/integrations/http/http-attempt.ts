import {
  type ClientRequest,
  request as httpRequest,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http';
import { request as httpsRequest } from 'node:https';
import { type AxiosAdapter, getAdapter } from 'axios';
import type { UpstreamCall } from '../contract/upstream.ts';

/** State of one request: was it never sent, and why did it end? */
export interface AttemptState {
  /** True from the moment bytes of the request may have left: its socket was connected (over TLS: shaken hands). */
  sent: boolean;
  /** True when our own time limit ended it. */
  timedOut: boolean;
}

/**
 * An axios adapter for one call: takes a permit, sends, and ends the whole exchange (connecting, sending, reading)
 * after `timeoutMs` or when the caller aborts. axios-retry comes through here again, so that a repeated lookup
 * takes a permit of its own. `state` always describes the latest attempt.
 */
export function createAttempt(call: UpstreamCall, timeoutMs: number) {
  const state: AttemptState = { sent: false, timedOut: false };
  const send = getAdapter('http');
  const adapter: AxiosAdapter = async (config) => {
    state.sent = false;
    state.timedOut = false;
    call.signal.throwIfAborted();
    await call.acquire();
    call.signal.throwIfAborted();
    const ended = new AbortController();
    const abort = () => ended.abort();
    const timer = setTimeout(() => {
      state.timedOut = true;
      ended.abort();
    }, timeoutMs);
    // Not AbortSignal.any: the caller's signal can live as long as the process.
    call.signal.addEventListener('abort', abort, { once: true });
    try {
      return await send({ ...config, signal: ended.signal, transport: watchingTransport(state) });
    } finally {
      clearTimeout(timer);
      call.signal.removeEventListener('abort', abort);
    }
  };
  return { state, adapter };
}

/** node:http and node:https, noting in `state` when the request starts to leave. */
function watchingTransport(state: AttemptState) {
  return {
    request(options: RequestOptions, onAnswer: (answer: IncomingMessage) => void): ClientRequest {
      const secure = options.protocol === 'https:';
      const request = secure ? httpsRequest(options, onAnswer) : httpRequest(options, onAnswer);
      return request.once('socket', (socket) => {
        if (!socket.connecting) state.sent = true;
        else
          socket.once(secure ? 'secureConnect' : 'connect', () => {
            state.sent = true;
          });
      });
    },
  };
}
