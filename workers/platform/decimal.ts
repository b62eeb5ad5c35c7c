/** 数量 in thousandths, as people write it. */

/** Thousandths as the decimal string they came as: 2000 is "2", 515 is "0.515". */
export function decimal(milli: number): string {
  const part = String(milli % 1000)
    .padStart(3, '0')
    .replace(/0+$/, '');
  return `${Math.trunc(milli / 1000)}${part === '' ? '' : `.${part}`}`;
}
