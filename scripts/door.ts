/** 店门: the port that everybody knows. It opens when everything behind it is ready, so that nobody meets a half-built shop. */
import { connect, createServer, type Server } from 'node:net';

const host = '127.0.0.1';

function listen(server: Server, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}

/** Throws EADDRINUSE if somebody else has the port: better at once than when everything has been prepared. */
export async function mustBeFree(port: number): Promise<void> {
  const server = await listen(
    createServer((caller) => caller.destroy()),
    port,
  );
  await new Promise((resolve) => server.close(resolve));
}

/** What comes in goes on as it is. */
export function openDoor(port: number, behind: string): Promise<Server> {
  const inner = Number(new URL(behind).port);
  const server = createServer({ noDelay: true }, (caller) => {
    const worker = connect({ port: inner, host, noDelay: true });
    // A caller who hangs up takes their side along; so does the Worker.
    caller.once('error', () => worker.destroy()).once('close', () => worker.destroy());
    worker.once('error', () => caller.destroy()).once('close', () => caller.destroy());
    caller.pipe(worker).pipe(caller);
  });
  return listen(server, port);
}
