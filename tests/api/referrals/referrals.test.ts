/** 邀请好友: a friend registers by a member's link, and what they buy brings her a little; nobody is paid for themselves. */
import { describe, expect, test } from 'vitest';
import { line, refund, sale } from '../../support/builders.ts';
import { brought, comes, inviterPhone, listed, openInviting, turn, type Inviting } from '../../support/referrals.ts';
import { ledgerRows } from '../../support/shop.ts';

const dayMs = 86_400_000;
const friend = { openid: 'oFriend', phone: '13912345487' };

type Buying = { readonly fen: number; readonly orderNo?: string; readonly at?: string; readonly version?: string };
const buys = ({ shop }: Inviting, { fen, orderNo = 'S1', at = '2026-11-21 15:00', version = '1' }: Buying) =>
  shop.tell(
    sale({
      orderNo,
      at,
      version,
      member: { phone: friend.phone },
      lines: [line({ unitPriceFen: fen, amountFen: fen })],
    }),
  );
const returns = ({ shop }: Inviting, fen: number, refundNo = 'R1', orderNo = 'S1') =>
  shop.tell(
    refund({
      orderNo,
      refundNo,
      scope: 'partial',
      lines: [{ originalLineNo: '1', sku: '6901', quantity: '0', amountFen: fen }],
      refundedFen: fen,
    }),
  );
const commissions = ({ shop }: Inviting): number[] =>
  ledgerRows(shop.db)
    .filter(({ cause }) => cause.startsWith('commission:'))
    .map(({ delta }) => delta);

describe('K-64, K-65', () => {
  test('A invites B, B registers: A has 5 coupons and 2.00 yuan more, at once', async () => {
    const here = await openInviting();
    const { status, id } = await comes(here, friend);
    expect([status, await brought(here, here.inviter.id)]).toEqual([303, [5, 200]]);
    expect(await listed(here, 'paid')).toMatchObject([
      {
        inviterId: here.inviter.id,
        friend: { id, phone: '139****5487' },
        walletFen: 200,
        coupons: [{ templateId: '10元券', count: 5 }],
        why: null,
      },
    ]);
    await turn(here);
    expect(await brought(here, here.inviter.id)).toEqual([5, 200]);
  });
});
