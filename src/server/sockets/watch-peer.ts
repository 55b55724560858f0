import type { WebSocket } from 'ws';

/** Pings a peer, and terminates it when it has not answered by the next ping. Returns a function that stops. */
export function watchPeer(socket: WebSocket, keepAliveMs: number): () => void {
  let alive = true;
  socket.on('pong', () => {
    alive = true;
  });
  const timer = setInterval(() => {
    if (!alive) {
      socket.terminate();
      return;
    }
    alive = false;
    socket.ping();
  }, keepAliveMs);
  return () => clearInterval(timer);
}
