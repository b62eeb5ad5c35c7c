/** 元: an amount of fen as a shop writes it, on pages, in messages and in alerts. */
import { fenMax } from '../../../schema/plain/values.ts';

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

/** 128.5 is 12850; undefined where it is no amount. */
export function fenOf(text: string): number | undefined {
  const [, whole = '', part = ''] =
    /^(\d{1,9})(?:\.(\d{1,2}))?元?$/.exec(text.normalize('NFKC').replaceAll(',', '')) ?? [];
  const fen = Number(whole) * 100 + Number(part.padEnd(2, '0'));
  return whole === '' || fen > fenMax ? undefined : fen;
}
