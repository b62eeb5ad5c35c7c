/** 二维码: what the code on a page says, read by an independent reader from the picture alone. */
import jsQR from 'jsqr';

/** The library is CommonJS: its function is its default, or the default of that. */
type Read = (data: Uint8ClampedArray, width: number, height: number) => { readonly data: string } | null;
const read = (typeof jsQR === 'function' ? jsQR : (jsQR as { default: unknown }).default) as Read;

/** Of one dark square in the picture. */
const unit = 10;
const scale = 4;

export function codeText(page: string): string {
  const [, side = '0'] = /<svg[^>]*viewBox="0 0 (\d+) /.exec(page) ?? [];
  const [picture = ''] = /<svg[\s\S]*?<\/svg>/.exec(page) ?? [];
  const width = (Number(side) / unit) * scale;
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x = '0', y = '0'] of picture.matchAll(/M(\d+),(\d+)h10v10h-10z/g)) {
    for (let row = 0; row < scale; row += 1) {
      for (let column = 0; column < scale; column += 1) {
        const place = ((Number(y) / unit) * scale + row) * width + (Number(x) / unit) * scale + column;
        pixels.fill(0, place * 4, place * 4 + 3);
      }
    }
  }
  const found = read(pixels, width, width);
  if (!found) throw new Error('no code could be read');
  return found.data;
}
