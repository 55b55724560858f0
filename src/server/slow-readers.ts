import type { ServerResponse } from 'node:http';
import type { WebSocket } from 'ws';

/** Of graphql-transport-ws: try again later. */
const TRY_AGAIN_LATER = 1013;
const REASON = 'You read too slowly / 读取过慢: connect again.';
/** Time for a reader that woke up to learn why. */
const FAREWELL_MS = 5_000;

/**
 * Sends, and resolves when the peer's side has taken it: a slow reader holds back its own events, which are merged
 * until it takes them, and nobody else's. One that takes nothing for `slowReaderMs` is dropped. Nothing to wait for when
 * it is taken at once, as it nearly always is.
 */
export function sendOrDrop(
  socket: WebSocket,
  text: string,
  options: { readonly slowReaderMs: number; readonly onDrop: () => void },
): Promise<void> | undefined {
  if (socket.readyState !== socket.OPEN) return undefined;
  let onTaken = () => {};
  // It breaks only when the socket does, whose close event tidies up.
  socket.send(text, () => onTaken());
  if (socket.bufferedAmount === 0) return undefined;
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      options.onDrop();
      drop(socket);
    }, options.slowReaderMs);
    timer.unref();
    onTaken = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}

function drop(socket: WebSocket): void {
  socket.close(TRY_AGAIN_LATER, REASON);
  setTimeout(() => socket.terminate(), FAREWELL_MS).unref();
}

/** The same for an answer that is a stream: it breaks off, as there is no way left to say why. */
export function dropSlowReader(response: ServerResponse, slowReaderMs: number): void {
  let takenBefore = -1;
  const timer = setInterval(() => {
    const { socket } = response;
    if (socket === null || !response.writableNeedDrain) {
      takenBefore = -1;
      return;
    }
    const taken = socket.bytesWritten - socket.writableLength;
    if (taken === takenBefore) socket.destroy();
    takenBefore = taken;
  }, slowReaderMs);
  timer.unref();
  response.once('close', () => clearInterval(timer));
}
