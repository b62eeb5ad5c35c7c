/** 储值总账 on a member's page: what was put in, spent and is left adds up; and what can be done with it. */
import { readSettings } from '../../../db/shop/settings.ts';
import type { MemberHoldings } from '../../../db/members/members.ts';
import { heldIn, readStoredSums } from '../../../db/stored/stored-value.ts';
import { sumOf } from '../../../decide/stored/parts.ts';
import { money } from '../kit/format.ts';
import { office } from '../kit/nav.ts';
import { Facts, Sheet, type Fact } from '../kit/parts.tsx';
import { isOneOf, type Visit } from '../kit/visit.ts';

/** Nothing where the shop has no plans and she never had any. */
export async function storedSheet(visit: Visit, { member, balances }: MemberHoldings, own: string) {
  const [sums, settings] = await Promise.all([readStoredSums(visit.db, member.id), readSettings(visit.db)]);
  const wasEver = Object.values(sums).some((fen) => fen !== 0);
  if (!wasEver && settings.storedValue.plans.length === 0) return null;
  const held = heldIn(balances);
  const yuan = (fen: number): string => `${money(fen)} 元`;
  const lines: readonly (readonly [string, number])[] = [
    ['从旧系统转入', sums.openedFen],
    ['累计充值（实收）', sums.paidFen],
    // Where all that was paid is principal, the one figure says the other.
    ['充入本金', sums.rechargedFen === sums.paidFen ? 0 : sums.rechargedFen],
    ['赠送', sums.givenFen],
    ['花掉', sums.spentFen],
    ['退货退回', sums.backFen],
    ['退款（本金）', sums.cashedOutFen],
    ['退款作废的赠送', sums.forfeitedFen],
    ['更正', sums.correctedFen],
  ];
  const facts: Fact[] = [
    ...lines.filter(([, fen]) => fen !== 0).map(([label, fen]): Fact => [label, yuan(fen)]),
    ['剩下', `${yuan(sumOf(held))}（本金 ${yuan(held.principalFen)}，赠送 ${yuan(held.bonusFen)}）`],
  ];
  return (
    <Sheet title="储值">
      <Facts facts={facts} />
      <p class="buttons">
        <a class="button" href={`${own}/top-up`}>
          充值
        </a>
        <a class="button" href={`${own}/spend`}>
          扣储值
        </a>
        <a class="button" href={`${own}/spend-back`}>
          退回储值
        </a>
        {isOneOf(visit.person, office) && (
          <>
            <a class="button" href={`${own}/top-up-off`}>
              充值冲正
            </a>
            <a class="button" href={`${own}/stored`}>
              更正储值
            </a>
            <a class="button" href={`${own}/cash-out`}>
              储值退款
            </a>
          </>
        )}
      </p>
    </Sheet>
  );
}
