/** The platform itself: files are unpacked and requests bounded in workerd as they are in Node. */
import { createServer, type Server } from 'node:http';
import { build } from 'esbuild';
import { Miniflare, convertV4MiniflareOptions } from 'miniflare';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../../scripts/runtime.ts';
import { gbk, xlsx } from './files-support.ts';
import { zipped } from './zipped.ts';

let miniflare: Miniflare;
let server: Server;
let outside = '';

beforeAll(async () => {
  const bundle = await build({
    stdin: {
      contents: `import { readSheet } from './workers/receive/files/sheets/read-sheet.ts';
        import { headingOf } from './workers/receive/files/columns.ts';
        import { fileKinds } from './workers/receive/files/kinds.ts';
        import { digest } from './workers/receive/verify/kernel/digest.ts';
        import { call } from './workers/schedule/poll/asking/call.ts';
        export default { fetch: async (request) => {
          const { pathname, search } = new URL(request.url);
          if (pathname === '/sheet') return Response.json(await readSheet(new Uint8Array(await request.arrayBuffer()), headingOf(fileKinds.products)));
          if (pathname === '/md5') return Response.json([...await digest('md5', ['abc'])]);
          const outgoing = { url: decodeURIComponent(search.slice(1)), method: 'POST', headers: { 'x-a': 'b' }, body: '{}' };
          return Response.json(await call({ http: (asked) => fetch(asked), allowPrivate: true }, outgoing, 0));
        } };`,
      resolveDir: root,
    },
    bundle: true,
    format: 'esm',
    write: false,
    conditions: ['workerd', 'worker', 'browser'],
    external: ['node:*'],
  });
  miniflare = new Miniflare(
    convertV4MiniflareOptions({
      modules: true,
      compatibilityDate: '2026-11-01',
      script: bundle.outputFiles[0]?.text ?? '',
    }),
  );
  server = createServer((request, response) => {
    if (request.url === '/moved') response.writeHead(302, { location: '/' }).end();
    else if (request.url === '/large') response.end(Buffer.alloc(3_000_000, ' '));
    else if (request.url === '/busy') response.writeHead(429, { 'retry-after': '9' }).end();
    else response.end('{"ok":true}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  outside = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
});
afterAll(async () => {
  server.close();
  await miniflare.dispose();
});

const sheet = async (body: Uint8Array<ArrayBuffer>): Promise<unknown> =>
  (await miniflare.dispatchFetch('http://huike/sheet', { method: 'POST', body: Buffer.from(body) })).json();
const called = async (path: string): Promise<unknown> =>
  (await miniflare.dispatchFetch(`http://huike/call?${encodeURIComponent(outside + path)}`)).json();

const rows = [
  { line: 2, cells: ['6901', '奶粉'] },
  { line: 3, cells: ['6902', '帽子'] },
];
const expected = { header: ['货号', '品名'], headerLine: 1, rows, origin: '1900', notes: [] };

test('GBK and packed workbooks are read in workerd', async () => {
  expect(await sheet(gbk('货号,品名\r\n6901,奶粉\r\n6902,帽子'))).toEqual(expected);
  expect(
    await sheet(
      xlsx([
        ['货号', '品名'],
        [6901, '奶粉'],
        [6902, '帽子'],
      ]),
    ),
  ).toEqual(expected);
  expect(
    await sheet(
      packed(
        xlsx([
          ['货号', '品名'],
          [6901, '奶粉'],
          [6902, '帽子'],
        ]),
      ),
    ),
  ).toEqual(expected);
  expect(await sheet(xlsx([['货号']]).slice(0, 400))).toMatchObject({ isTooLarge: false });
});

test('a request is bounded in workerd: no redirect, no flood, and the wait that was asked for', async () => {
  expect(await called('/')).toEqual({ ok: true, text: '{"ok":true}' });
  expect(await called('/moved')).toMatchObject({
    ok: false,
    why: 'it answered with a redirect, which is not followed',
  });
  expect(await called('/large')).toMatchObject({ ok: false, why: 'its answer is longer than 2000000 bytes' });
  expect(await called('/busy')).toEqual({ ok: false, why: 'it answered HTTP 429', retryAfterMs: 9000 });
});

test('银豹’s MD5 is there without a flag', async () => {
  const bytes = await (await miniflare.dispatchFetch('http://huike/md5')).json();
  expect(Buffer.from(bytes as number[]).toString('hex')).toBe('900150983cd24fb0d6963f7d28e17f72');
});

/** The same workbook with every entry deflated, as Excel saves it: our own writer stores them plain. */
function packed(stored: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const bytes = Buffer.from(stored);
  const files: [string, Buffer][] = [];
  for (let place = 0; bytes.readUInt32LE(place) === 0x04034b50;) {
    const [size, nameLength] = [bytes.readUInt32LE(place + 18), bytes.readUInt16LE(place + 26)];
    const start = place + 30 + nameLength;
    files.push([bytes.toString('utf8', place + 30, start), bytes.subarray(start, start + size)]);
    place = start + size;
  }
  return zipped(files);
}
