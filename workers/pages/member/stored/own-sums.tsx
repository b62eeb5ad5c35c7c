/** 我的储值: what she put in, spent and has left, so that it adds up for her too. */
import type { StoredSums } from '../../../db/stored/stored-value.ts';
import { sumOf, type Parts } from '../../../decide/stored/parts.ts';
import { yuanFigure } from '../../../decide/plain/yuan.ts';

type OwnStoredProps = { readonly sums: StoredSums; readonly held: Parts };

export function OwnStored({ sums, held }: OwnStoredProps) {
  const lines: readonly (readonly [string, number])[] = [
    ['累计充值', sums.paidFen],
    ['充入本金', sums.rechargedFen],
    ['赠送', sums.givenFen],
    ['花掉', sums.spentFen],
    ['退货退回', sums.backFen],
    ['退款', sums.cashedOutFen],
    ['退款作废的赠送', sums.forfeitedFen],
    ['门店更正', sums.correctedFen],
  ];
  return (
    <section class="sheet" aria-labelledby="stored">
      <h2 id="stored">储值还有 {yuanFigure(sumOf(held))} 元</h2>
      <p class="hint">
        其中本金 {yuanFigure(held.principalFen)} 元，赠送 {yuanFigure(held.bonusFen)} 元。
        {lines
          .filter(([, fen]) => fen !== 0)
          .map(([label, fen]) => `${label} ${yuanFigure(fen)} 元`)
          .join('，')}
        。
      </p>
    </section>
  );
}
