/** The same readers in workerd: its charsets, zones and XML parser are its own. */
import { build } from 'esbuild';
import { Miniflare, convertV4MiniflareOptions } from 'miniflare';
import { afterAll, beforeAll, expect, test } from 'vitest';

let miniflare: Miniflare;
beforeAll(async () => {
  const bundle = await build({
    stdin: {
      contents: `import { decodeText } from './workers/receive/lossless/text.ts';
        import { parseJson } from './workers/lossless/json.ts';
        import { maskBody } from './workers/views/mask.ts';
        import { parseXml } from './workers/receive/lossless/xml.ts';
        import { decodeUrl } from './workers/receive/lossless/form.ts';
        import { toInstant } from './workers/receive/mapping/values/convert.ts';
        import { adapters } from './workers/receive/erp/index.ts';
        const gbk = Uint8Array.of(0xc4, 0xcf, 0xbe, 0xa9, 0xc2, 0xb7);
        export default { fetch: () => Response.json({
          gbk: [decodeText(gbk, 'GBK'), decodeText(gbk, null), decodeUrl('%C4%CF%BE%A9', 'gbk')],
          bad: decodeText(Uint8Array.of(0xff, 0xff), null),
          json: parseJson('{"id":411391574328276013,"price":1.10}'),
          shown: maskBody('{"id":411391574328276013,"price":1.10}', 'sale.completed'),
          xml: parseXml('<r><n>001</n></r>'),
          entity: parseXml('<!DOCTYPE r><r/>').ok,
          winter: toInstant('2026-12-01 12:00:00', 'America/New_York'),
          adapters: adapters.length,
        }) };`,
      resolveDir: process.cwd(),
    },
    bundle: true,
    format: 'esm',
    write: false,
  });
  miniflare = new Miniflare(
    convertV4MiniflareOptions({
      modules: true,
      compatibilityDate: '2026-11-01',
      script: bundle.outputFiles[0]?.text ?? '',
    }),
  );
});
afterAll(() => miniflare.dispose());

test('GBK, long ids, XML and zones read in workerd as they do here', async () => {
  const response = await miniflare.dispatchFetch('http://huike/');
  expect(await response.json()).toEqual({
    gbk: ['南京路', '南京路', '南京'],
    bad: null,
    json: { ok: true, tree: { id: '411391574328276013', price: '1.10' }, repeated: null, twice: null },
    xml: { ok: true, tree: { r: { n: '001' } }, repeated: null, twice: null },
    shown: '{"id":411391574328276013,"price":1.10}',
    entity: false,
    winter: { ok: true, value: '2026-12-01T12:00:00-05:00' },
    adapters: 18,
  });
});
