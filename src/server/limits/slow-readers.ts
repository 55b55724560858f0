import type { ServerResponse } from 'node:http';
import type { WebSocket } from 'ws';

/** Of graphql-transport-ws: try again later. */
const TRY_AGAIN_LATER = 1013;
const REASON = 'You read too slowly / 读取过慢: connect again.';
/** Time for the close frame to reach a reader that reads again. */
const FAREWELL_MS = 5_000;

/**
 * Sends, and resolves when the peer has taken the message: a slow reader delays only its own events, which are merged
 * until it takes them. A reader that takes nothing for `slowReaderMs` is disconnected. Returns undefined when the
 * message is taken at once, as nearly always.
 */
export function sendOrDrop(
  socket: WebSocket,
  text: string,
  options: { readonly slowReaderMs: number; readonly onDrop: () => void },
): Promise<void> | undefined {
  if (socket.readyState !== socket.OPEN) return undefined;
  let onTaken = () => {};
  // Sending fails only when the socket does, and its close event cleans up.
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

/** As `sendOrDrop`, for a streamed answer: it is cut, because there is no way to send a reason. */
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
