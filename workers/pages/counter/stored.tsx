/** 储值 of the customer at the counter: what is left, and how much of this bill it may pay. */
import type { FC } from 'hono/jsx';
import type { StoredValueSettings } from '../../../schema/index.ts';
import type { MemberHoldings } from '../../db/members/members.ts';
import { heldIn } from '../../db/stored/stored-value.ts';
import { sumOf, usableOf } from '../../decide/stored/parts.ts';
import { yuanFigure } from '../../decide/plain/yuan.ts';
import type { Clerk } from './clerk.ts';

type StoredProps = {
  readonly clerk: Clerk;
  readonly holder: MemberHoldings;
  readonly payableFen: number | null;
  readonly rules: StoredValueSettings;
};

export const Stored: FC<StoredProps> = ({ clerk, holder: { member, balances }, payableFen, rules }) => {
  const held = heldIn(balances);
  if (sumOf(held) === 0) return null;
  const usable =
    payableFen === null ? '' : `，不用券的话这单可以用 ${yuanFigure(usableOf(rules, held, payableFen))} 元`;
  return (
    <p class="note">
      储值还有 {yuanFigure(sumOf(held))} 元{usable}。
      {clerk.spendPath && <a href={clerk.spendPath(member.id)}>扣储值</a>}
    </p>
  );
};
