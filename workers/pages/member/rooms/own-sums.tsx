/** 储值总账: what she put in, spent and has left, so that it adds up for her too. */
import type { StoredSums } from '../../../db/stored/stored-value.ts';
import { yuanFigure } from '../../../decide/plain/yuan.ts';

export function OwnStored({ sums }: { readonly sums: StoredSums }) {
  const lines: readonly (readonly [string, number])[] = [
    ['从原来的系统转入', sums.openedFen],
    ['累计充值', sums.paidFen],
    // Where all that was paid is principal, the one figure says the other.
    ['充入本金', sums.rechargedFen === sums.paidFen ? 0 : sums.rechargedFen],
    ['赠送', sums.givenFen],
    ['花掉', sums.spentFen],
    ['退货退回', sums.backFen],
    ['退款', sums.cashedOutFen],
    ['退款作废的赠送', sums.forfeitedFen],
    ['门店更正', sums.correctedFen],
  ];
  const told = lines.filter(([, fen]) => fen !== 0);
  if (told.length === 0) return null;
  return <p class="guide">{told.map(([label, fen]) => `${label} ${yuanFigure(fen)} 元`).join('，')}。</p>;
}
