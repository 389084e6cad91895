import type { Socket } from 'node:net';

/**
 * Ends a connection by a reset, so that neither side keeps it. One that is being shut down already (the other side has
 * ended it) is closed: libuv refuses to reset it (EINVAL), and Node 24 then forgets the handle, which stays open for good.
 */
export function reset(socket: Socket): void {
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}
