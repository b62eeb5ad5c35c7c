/** 元: an amount of fen as a shop writes it, on pages, in messages and in alerts. */

/** 1234 is 12.34, and 1200 is 12. */
export function yuanFigure(fen: number): string {
  const whole = Math.trunc(fen / 100);
  const part = Math.abs(fen % 100);
  return part === 0
    ? String(whole)
    : `${fen < 0 && whole === 0 ? '-' : ''}${whole}.${String(part).padStart(2, '0')}`;
}

/** 12.34元 */
export const yuanText = (fen: number): string => `${yuanFigure(fen)}元`;
