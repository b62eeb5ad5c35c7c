/** 收银机: posts ready-made requests over keep-alive connections; plain sockets, so that the sender costs next to nothing. */
import { createHmac } from 'node:crypto';
import { connect, type Socket } from 'node:net';

export type Sent = {
  readonly startedAt: number;
  readonly endedAt: number;
  /** How long each answer took, in ms. */
  readonly latencies: readonly number[];
  /** Answers by status. */
  readonly statuses: ReadonlyMap<number, number>;
};

export function signatureHeaders(id: string, body: string, secret: string): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}

/** A signed POST, written out in full before the clock starts. */
export const signedPost = (path: string, id: string, body: string, secret: string): Buffer =>
  post(path, body, signatureHeaders(id, body, secret));

export function post(path: string, body: string, headers: Readonly<Record<string, string>> = {}): Buffer {
  const head = [
    `POST ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** Sends all of them, in order, over so many connections; each waits for its answer before it sends the next. */
export async function sendAll(url: string, requests: readonly Buffer[], connections: number): Promise<Sent> {
  const { hostname, port } = new URL(url);
  const latencies: number[] = [];
  const statuses = new Map<number, number>();
  const queue = requests.values();
  const lane = async (): Promise<void> => {
    const socket = await open(hostname, Number(port));
    const ask = asking(socket);
    for (const request of queue) {
      const sentAt = performance.now();
      const status = await ask(request);
      latencies.push(performance.now() - sentAt);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    socket.destroy();
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: connections }, lane));
  return { startedAt, endedAt: performance.now(), latencies, statuses };
}

function open(host: string, port: number): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const socket = connect({ host, port, noDelay: true });
  socket.once('connect', () => resolve(socket)).once('error', reject);
  return promise;
}

/** Asks one thing at a time; the answer is its status, once it is complete. The body is read and thrown away. */
function asking(socket: Socket): (request: Buffer) => Promise<number> {
  let waiting: PromiseWithResolvers<number> | null = null;
  let text = '';
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    text += chunk;
    if (!isComplete(text)) return;
    const status = Number(text.slice(9, 12));
    text = '';
    waiting?.resolve(status);
    waiting = null;
  });
  socket.on('close', () => waiting?.reject(new Error('the connection was closed before the answer')));
  return (request) => {
    waiting = Promise.withResolvers();
    socket.write(request);
    return waiting.promise;
  };
}

function isComplete(text: string): boolean {
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd < 0) return false;
  const head = text.slice(0, headEnd).toLowerCase();
  const length = /\r\ncontent-length: (\d+)/.exec(head)?.[1];
  if (length !== undefined) return text.length >= headEnd + 4 + Number(length);
  return text.endsWith('0\r\n\r\n');
}
