/** 超级会员 of the customer at the counter: whether she is one and until when, and where one is sold. */
import type { FC } from 'hono/jsx';
import type { SuperMembershipSettings } from '../../../schema/index.ts';
import type { MemberHoldings } from '../../db/members/members.ts';
import { isSuper } from '../../decide/super/spans.ts';
import { lastMomentOf } from '../words.ts';
import type { Clerk } from './clerk.ts';

type SuperProps = {
  readonly clerk: Clerk;
  readonly holder: MemberHoldings;
  readonly settings: SuperMembershipSettings;
};

/** A shop without plans hears nothing of it, unless she is one. */
export const Super: FC<SuperProps> = ({ clerk, holder: { member }, settings }) => {
  const isOne = isSuper(member, clerk.now);
  const isSold = settings.plans.length > 0 && clerk.superPath !== null;
  if (!isOne && !isSold) return null;
  return (
    <p class="note">
      {isOne ? `超级会员，到 ${lastMomentOf(member.superUntil ?? 0, clerk.now)}。` : '还不是超级会员。'}
      {isSold && <a href={clerk.superPath?.(member.id)}>{isOne ? '续费' : '开通'}</a>}
    </p>
  );
};
