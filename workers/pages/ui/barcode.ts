/** 一维码: Code 128, as scanners at tills read it, drawn on the server as the QR code is. */

/** Widths of bars and gaps in turn, symbol by symbol (ISO/IEC 15417); the last three start set B and end the code. */
const patterns =
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112'.split(
    ' ',
  );
const startB = 104;
const stop = 106;
const firstOfB = 32;
const checkModulo = 103;

/** Every symbol of the code; only letters, digits and marks of ASCII can be said in set B. */
export function symbolsOf(text: string): number[] {
  const values = Array.from(text, (letter) => (letter.codePointAt(0) ?? 0) - firstOfB);
  if (values.some((value) => value < 0 || value > 94)) throw new Error('set B holds printable ASCII only');
  const check = values.reduce((sum, value, place) => sum + value * (place + 1), startB) % checkModulo;
  return [startB, ...values, check, stop];
}

const quiet = 10;
const height = 40;

/** White margins belong to it: without them a scanner finds no beginning. */
export function renderBarcode(text: string): string {
  let at = quiet;
  const bars: string[] = [];
  for (const symbol of symbolsOf(text)) {
    Array.from(patterns[symbol] ?? '', Number).forEach((width, place) => {
      if (place % 2 === 0) bars.push(`M${at} 0h${width}v${height}h-${width}z`);
      at += width;
    });
  }
  const size = `0 0 ${at + quiet} ${height}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${size}" preserveAspectRatio="none" shape-rendering="crispEdges"><rect width="100%" height="100%" fill="#fff"/><path d="${bars.join('')}"/></svg>`;
}
