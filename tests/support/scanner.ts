/** 扫码枪: what an independent reader (ZXing) finds in a picture, of the drawing alone. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(wasm)).buffer } });

export type Scanned = { readonly format: string; readonly text: string };

/** Of a photograph, or a picture of a screen. */
export async function scan(png: Uint8Array): Promise<Scanned[]> {
  const found = await readBarcodes(new Uint8Array(png), { formats: ['QRCode', 'Code128'], tryHarder: true });
  return found.map(({ format, text }) => ({ format, text }));
}

const paper = '#fff';
/** On white paper, as wide as a phone shows it. */
const drawnWide = 900;

/** Every drawing of a page by itself, in its order. */
export async function scanDrawings(page: string): Promise<Scanned[]> {
  const drawings = page.match(/<svg[\s\S]*?<\/svg>/g) ?? [];
  const found = await Promise.all(
    drawings.map((svg) =>
      scan(
        new Resvg(svg, { background: paper, fitTo: { mode: 'width', value: drawnWide } }).render().asPng(),
      ),
    ),
  );
  return found.flat();
}
