import type { WebSocket } from 'ws';

/** Pings; a peer that has not answered by the next ping is gone. Returns a function that ends the watch. */
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
