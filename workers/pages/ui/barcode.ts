/** 一维码: Code 128, as scanners at tills read it: digits two by two. The library gives the bars, without a DOM; they are drawn here. */
import { CODE128 } from 'jsbarcode/bin/barcodes/CODE128/index.js';

const quiet = 10;
const height = 40;

/** White margins belong to it: without them a scanner finds no beginning. Letters, digits and marks of ASCII can be said. */
export function renderBarcode(text: string): string {
  // Only what it names as printable can be valid: the library would draw control characters as well.
  if (!/^[ -~]+$/.test(text)) throw new Error('a barcode holds printable ASCII only');
  const { data } = new CODE128(text, {}).encode();
  const bars = [...data.matchAll(/1+/g)].map(
    ({ 0: bar, index }) => `M${quiet + index} 0h${bar.length}v${height}h-${bar.length}z`,
  );
  const size = `0 0 ${data.length + 2 * quiet} ${height}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${size}" preserveAspectRatio="none" shape-rendering="crispEdges"><rect width="100%" height="100%" fill="#fff"/><path d="${bars.join('')}"/></svg>`;
}
