/** 房间: where a member goes from her centre; what the shop does not have is left out. */
import type { FC } from 'hono/jsx';
import type { MerchantSettings } from '../../../../schema/index.ts';
import type { MemberHoldings } from '../../../db/members/members.ts';
import type { HeldPieces } from '../../../db/packages/packages.ts';
import {
  checkInPath,
  drawPath,
  invitePath,
  levelPath,
  packagesPath,
  pointsPath,
  purchasesPath,
  shopPath,
  storedPath,
  superPath,
  walletPath,
} from '../../paths.ts';
import { count } from '../../words.ts';

export type Room = { readonly href: string; readonly label: string; readonly note: string };

export function roomsOf(
  { balances, member, levels }: MemberHoldings,
  { storedValue, superMembership, checkIn, referral }: MerchantSettings,
  {
    hasShop,
    hasDraws,
    held,
  }: { readonly hasShop: boolean; readonly hasDraws: boolean; readonly held: HeldPieces },
): readonly Room[] {
  const hasStored = storedValue.plans.length > 0 || balances.has('principal') || balances.has('bonus');
  const room = (href: string, label: string, note: string, isThere = true): Room[] =>
    isThere ? [{ href, label, note }] : [];
  return [
    ...room(pointsPath, '积分', '明细和有效期'),
    ...room(walletPath, '余额', '明细和提现'),
    ...room(storedPath, '储值', '明细和用法', hasStored),
    ...room(packagesPath, '套餐', piecesWords(held), held.packages > 0),
    ...room(purchasesPath, '消费记录', `${count(member.orders)} 笔`),
    ...room(levelPath, '等级', '好处和还差多少', levels.list.length > 0),
    ...room(
      superPath,
      '超级会员',
      '期限和方案',
      superMembership.plans.length > 0 || member.superUntil !== null,
    ),
    ...room(checkInPath, '签到', '每天得积分', checkIn.on),
    ...room(invitePath, '邀请好友', '一起得奖励', referral.on),
    ...room(shopPath, '积分商城', '用积分换', hasShop),
    ...room(drawPath, '积分抽奖', '抽奖和我的奖品', hasDraws),
  ];
}

const piecesWords = ({ pieces }: HeldPieces): string =>
  pieces > 0 ? `还有 ${count(pieces)} 次` : '都用完了';

export const Rooms: FC<{ rooms: readonly Room[] }> = ({ rooms }) => (
  <nav class="rooms" aria-label="我的">
    {rooms.map(({ href, label, note }) => (
      <a href={href}>
        {label}
        <small>{note}</small>
      </a>
    ))}
  </nav>
);
