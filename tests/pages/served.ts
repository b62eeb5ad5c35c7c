/** The pages of a shop in memory, behind a port of this machine: a real browser can look at them. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext } from 'playwright-core';
import { style as consoleStyle } from '../../workers/pages/console/kit/style.ts';
import { style } from '../../workers/pages/ui/style.ts';
import { script as codePage } from '../../workers/pages/member/code-script.ts';
import { script as register } from '../../workers/pages/ui/register-script.ts';
import { script as transfer } from '../../workers/pages/ui/transfer-script.ts';
import { script as scan } from '../../workers/pages/counter/scan-script.ts';
import type { Visitor } from './support.ts';

type App = { readonly request: (url: string, init: RequestInit) => Response | Promise<Response> };
export type Served = { readonly url: string; readonly close: () => Promise<void> };

/** What stands beside the Worker. */
const files: Readonly<Record<string, string>> = {
  '/assets/pages.css': style,
  '/assets/console.css': consoleStyle,
  '/assets/code-page.js': codePage,
  '/assets/register.js': register,
  '/assets/transfer.js': transfer,
  '/assets/scan.js': scan,
};

export async function serve(app: App): Promise<Served> {
  const server = createServer((incoming, outgoing) => void answer(app, incoming, outgoing));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function answer(app: App, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const file = files[incoming.url ?? ''];
  if (file !== undefined) {
    outgoing.setHeader(
      'content-type',
      incoming.url?.endsWith('.css') === true ? 'text/css' : 'text/javascript',
    );
    outgoing.end(file);
    return;
  }
  const parts: Uint8Array[] = [];
  for await (const part of incoming) parts.push(part as Uint8Array);
  const headers = Object.entries(incoming.headers).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as [string, string]] : [],
  );
  const response = await app.request(`http://${incoming.headers.host ?? ''}${incoming.url ?? ''}`, {
    method: incoming.method ?? 'GET',
    headers,
    ...(parts.length > 0 && { body: Buffer.concat(parts) }),
  });
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) if (name !== 'set-cookie') outgoing.setHeader(name, value);
  outgoing.setHeader('set-cookie', response.headers.getSetCookie());
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}

/** A browser that holds what this visitor holds. */
export async function browserOf(
  browser: Browser,
  url: string,
  visitor: Visitor,
  width = 1280,
): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width, height: 800 }, locale: 'zh-CN' });
  const cookies = [...visitor.cookies].map(([name, value]) => ({ name, value, url }));
  if (cookies.length > 0) await context.addCookies(cookies);
  context.setDefaultTimeout(60_000);
  return context;
}
