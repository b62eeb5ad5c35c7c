/** 会员码 on the phone itself: the code of a minute and its pictures, computed without a network by what the shop's own server runs. */
import { renderSVG } from 'uqr';
import { dayOf, memberCodeOf, type DayPass } from '../../platform/member-code.ts';
import { renderBarcode } from '../ui/barcode.ts';

export { minuteMs, minuteOf } from '../../platform/member-code.ts';

export type Pictured = { readonly code: string; readonly qr: string; readonly bars: string };

export const pictured = (code: string): Pictured => ({
  code,
  qr: renderSVG(code, { border: 2 }),
  bars: renderBarcode(code),
});

/** Null where what the phone was given is over. */
export async function at(passes: readonly DayPass[], minute: number): Promise<Pictured | null> {
  const pass = passes.find(({ day }) => day === dayOf(minute));
  return pass ? pictured(await memberCodeOf(pass, minute)) : null;
}
