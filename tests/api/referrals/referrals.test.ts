/** 邀请好友: a friend registers by a member's link, and what they buy brings her a little; nobody is paid for themselves. */
import { describe, expect, test } from 'vitest';
import { at, line, refund, sale } from '../../support/builders.ts';
import {
  brought,
  codeOf,
  comes,
  inviterPhone,
  listed,
  openInviting,
  turn,
  type Inviting,
} from '../../support/referrals.ts';
import { ledgerRows } from '../../support/shop.ts';
import { logIn, signUp } from '../../pages/support.ts';

const friend = { openid: 'oFriend', phone: '13912345487' };

type Buying = {
  readonly fen: number;
  readonly orderNo?: string;
  readonly when?: string;
  readonly version?: string;
  readonly phone?: string;
};
function buys({ shop }: Inviting, given: Buying): Promise<void> {
  const { fen, orderNo = 'S1', when = '2026-11-21 15:00', version = '1', phone = friend.phone } = given;
  shop.clock.now = Math.max(shop.clock.now, at(when));
  const lines = [line({ amountFen: fen })];
  return shop.tell(sale({ orderNo, at: when, version, member: { phone }, lines }));
}
/** A part of the one piece that was sold, by its money. */
const returns = ({ shop }: Inviting, fen: number, refundNo = 'R1', orderNo = 'S1') =>
  shop.tell(
    refund({
      orderNo,
      refundNo,
      at: new Date(shop.clock.now + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' '),
      scope: 'partial',
      lines: [{ originalLineNo: '1', sku: 'milk', quantity: '0.1', amountFen: fen }],
    }),
  );
const commissions = ({ shop }: Inviting): number[] =>
  ledgerRows(shop.db)
    .filter(({ cause }) => cause.startsWith('commission:'))
    .map(({ delta }) => delta);
async function goTo(here: Inviting, when: string): Promise<void> {
  here.shop.clock.now = at(when);
  await turn(here);
}
const whys = async (here: Inviting, state: string): Promise<unknown[]> =>
  (await listed(here, state)).map(({ why }) => why);

describe('K-64, K-65', () => {
  test('A invites B, B registers: A has 5 coupons and 2.00 yuan more, at once and once', async () => {
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

  test('different numbers, different rewards: 1.00 yuan for each of two, and 3.00 from the third on', async () => {
    const tiers = [
      { fromFriends: 3, walletFen: 300 },
      { fromFriends: 1, walletFen: 100 },
    ];
    const here = await openInviting({ tiers });
    for (const place of [1, 2, 3, 4]) await comes(here, { openid: `o${place}`, phone: `1391234000${place}` });
    expect(await brought(here, here.inviter.id)).toEqual([0, 100 + 100 + 300 + 300]);
  });

  test('B = A’s own phone on another WeChat, A’s own WeChat, or a member already: 0, and the office is told why', async () => {
    const here = await openInviting();
    await here.shop.tell(
      sale({ at: '2026-11-19 15:00', member: { externalId: 'M9', phone: '13700137000' } }),
    );
    // Her own phone from another WeChat, which she says is hers, and then the phone of a member of the till.
    here.shop.clock.now += 60_000;
    await comes(here, { openid: 'oSecond', phone: inviterPhone, fields: { rebind: 'yes' } });
    here.shop.clock.now += 60_000;
    const known = await comes(here, { openid: 'oKnown', phone: '13700137000' });
    expect(known.status).toBe(303);
    // On her own WeChat her link leads to her own page.
    await logIn(here.pages, here.inviter.visitor, 'oSecond');
    const own = await here.inviter.visitor.get(`/m/register?by=${here.inviter.code}`);
    expect([own.location, new Set(await whys(here, 'refused'))]).toEqual([
      '/m/',
      new Set(['MEMBER', 'SELF']),
    ]);
    expect(await brought(here, here.inviter.id)).toEqual([0, 0]);
    const kept = JSON.stringify(here.shop.db.all('SELECT * FROM referrals'));
    for (const personal of ['13700137000', 'oKnown', 'oSecond', String(known.id)])
      expect(kept).not.toContain(personal);
  });

  test('whoever left and comes back by a link is no newcomer', async () => {
    const here = await openInviting();
    const once = await comes(here, { ...friend, by: '' });
    const { text } = await once.visitor.get('/m/leave');
    await once.visitor.post('/m/leave', {
      token: /name="token" value="([^"]+)"/.exec(text)?.[1] ?? '',
      sure: 'yes',
    });
    here.shop.clock.now += 60_000;
    await comes(here, friend);
    expect([await whys(here, 'refused'), await brought(here, here.inviter.id)]).toEqual([['MEMBER'], [0, 0]]);
  });

  test('a code that nobody made, and a shop that has switched it off, bind nobody', async () => {
    const here = await openInviting();
    const made = here.inviter.code.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    await comes(here, { ...friend, by: made });
    const off = await openInviting({ on: false });
    await comes(off, friend);
    for (const { shop } of [here, off])
      expect(shop.db.all('SELECT count(*) AS count FROM referrals')).toEqual([{ count: 0 }]);
  });

  test('one level only: what the friend of a friend brings goes to the friend', async () => {
    const here = await openInviting();
    const { id } = await comes(here, friend);
    if (!id) throw new Error('nobody registered');
    await comes(here, { openid: 'oThird', phone: '13912340003', by: await codeOf(id) });
    expect([await brought(here, here.inviter.id), await brought(here, id)]).toEqual([
      [5, 200],
      [5, 200],
    ]);
  });
});

describe('after the first purchase that is kept', () => {
  const first = { payAt: 'purchase', leastFen: 5_000, windowDays: 7 };

  test('50.00 kept for 7 days pays; less, or returned within them, does not, and the next purchase may', async () => {
    const here = await openInviting({ ...first, rateBps: 0 });
    await comes(here, friend);
    await buys(here, { fen: 4_900, when: '2026-11-20 11:00', orderNo: 'small' });
    await buys(here, { fen: 6_000, when: '2026-11-21 15:00' });
    await returns(here, 2_000);
    await goTo(here, '2026-11-30 00:01');
    expect(await brought(here, here.inviter.id)).toEqual([0, 0]);
    await buys(here, { fen: 5_000, when: '2026-12-01 15:00', orderNo: 'S2' });
    await goTo(here, '2026-12-07 23:59');
    expect(await brought(here, here.inviter.id)).toEqual([0, 0]);
    await goTo(here, '2026-12-08 00:01');
    expect(await brought(here, here.inviter.id)).toEqual([5, 200]);
  });
});

describe('K-66, Q-15', () => {
  test('B spends 100.00 at 0.5 %: A +0.50 at once where nothing is waited for; B returns: −0.50, to the fen and once', async () => {
    const here = await openInviting({ windowDays: 0 });
    await comes(here, friend);
    await buys(here, { fen: 10_000 });
    await turn(here);
    expect([commissions(here), await brought(here, here.inviter.id)]).toEqual([[50], [5, 250]]);
    await returns(here, 10_000);
    await turn(here);
    await turn(here);
    expect([commissions(here), await brought(here, here.inviter.id)]).toEqual([
      [50, -50],
      [5, 200],
    ]);
  });

  test('it waits for 7 days by default, and what comes back within them was never paid', async () => {
    const here = await openInviting();
    await comes(here, friend);
    await buys(here, { fen: 10_000 });
    await goTo(here, '2026-11-27 23:59');
    expect(commissions(here)).toEqual([]);
    expect(await listed(here, 'paid')).toMatchObject([
      { spentFen: 10_000, pendingFen: 50, commissionFen: 0 },
    ]);
    await goTo(here, '2026-11-28 00:01');
    expect(commissions(here)).toEqual([50]);
    await buys(here, { fen: 10_000, orderNo: 'S2', when: '2026-11-29 15:00' });
    await returns(here, 10_000, 'R2', 'S2');
    await goTo(here, '2026-12-09 00:01');
    expect(commissions(here)).toEqual([50]);
  });

  test('however a purchase comes back in parts, all of it has come back in the end', async () => {
    const here = await openInviting({ windowDays: 0 });
    await comes(here, friend);
    await buys(here, { fen: 9_999 });
    await turn(here);
    for (const [place, fen] of [3_333, 1, 3_332, 3_333].entries()) {
      await returns(here, fen, `R${place}`);
      // Told once more, it comes back once.
      await returns(here, fen, `R${place}`);
      await turn(here);
    }
    expect(commissions(here)).toEqual([49, -16, -17, -16]);
    expect(await brought(here, here.inviter.id)).toEqual([5, 200]);
  });

  test('a correction of the receipt, another buyer, and a void move it as they move the purchase', async () => {
    const here = await openInviting({ windowDays: 0 });
    await comes(here, friend);
    await buys(here, { fen: 10_000 });
    await buys(here, { fen: 30_000, version: '2' });
    await turn(here);
    expect(await brought(here, here.inviter.id)).toEqual([5, 350]);
    await buys(here, { fen: 30_000, version: '3', phone: '13500135000' });
    await turn(here);
    expect(await brought(here, here.inviter.id)).toEqual([5, 200]);
  });

  test('one friend brings at most the cap, for as long as was promised, and returns come off what was above it first', async () => {
    const here = await openInviting({ windowDays: 0, capFen: 60, commissionDays: 10 });
    await comes(here, friend);
    await buys(here, { fen: 10_000 });
    await buys(here, { fen: 10_000, orderNo: 'S2', when: '2026-11-22 15:00' });
    await turn(here);
    expect(await brought(here, here.inviter.id)).toEqual([5, 260]);
    await returns(here, 8_000, 'R1', 'S2');
    await turn(here);
    expect(await brought(here, here.inviter.id)).toEqual([5, 260]);
    await buys(here, { fen: 10_000, orderNo: 'S3', when: '2026-12-01 15:00' });
    await returns(here, 10_000);
    await turn(here);
    expect(await brought(here, here.inviter.id)).toEqual([5, 210]);
  });

  test('money that is gone is not taken twice: what the wallet does not hold comes off the next commission', async () => {
    const here = await openInviting({ windowDays: 0, tiers: [] });
    await comes(here, friend);
    await buys(here, { fen: 10_000 });
    await turn(here);
    const spent = `UPDATE members SET document = json_set(document, '$.heads[0][2]', 0) WHERE id = ?1`;
    await here.shop.db.batch([{ sql: spent, params: [here.inviter.id] }]);
    await returns(here, 10_000);
    await turn(here);
    expect(commissions(here)).toEqual([50]);
    await buys(here, { fen: 20_000, orderNo: 'S2', when: '2026-11-23 15:00' });
    await turn(here);
    expect(commissions(here)).toEqual([50, 50]);
  });
});

describe('K-67', () => {
  test('whom she has brought: a masked phone, since when, and what it gave', async () => {
    const here = await openInviting();
    await comes(here, friend);
    const { json } = await here.pos('GET', `/members/${here.inviter.id}/referrals`);
    expect(json['items']).toMatchObject([
      { friend: { phone: '139****5487', joinedAt: '2026-11-20T02:00:00.000Z' }, walletFen: 200 },
    ]);
  });
});

test('T-11: what is bought by somebody whom nobody invited writes nothing more than it did', async () => {
  const here = await openInviting();
  await signUp(here.pages, here.pages.visitor(), { openid: 'oAlone', phone: '13300133000' });
  await buys(here, { fen: 10_000, phone: '13300133000' });
  for (const name of ['referrals', 'referral_marks', 'referral_dues'])
    expect(here.shop.db.all(`SELECT count(*) AS count FROM ${name}`)).toEqual([{ count: 0 }]);
});
