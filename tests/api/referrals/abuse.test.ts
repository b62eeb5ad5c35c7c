/** 防刷: what nobody is paid for, what somebody has to look at first, and limits that hold when all come at once. */
import { describe, expect, test } from 'vitest';
import { at, line, sale } from '../../support/builders.ts';
import {
  brought,
  comes,
  inviterPhone,
  listed,
  openInviting,
  prepared,
  turn,
  type Inviting,
} from '../../support/referrals.ts';

const seat = '198.51.100.1';
const minute = ({ shop }: Inviting): void => void (shop.clock.now += 61_000);
const looks = (here: Inviting) => here.inviter.visitor.get('/m/invite');
const reviews = (here: Inviting, id: unknown, approve: boolean) =>
  here.admin('POST', `/referrals/${String(id)}/review`, { body: { approve } });

describe('a farm', () => {
  test('30 accounts on three phones, hers among them, behind one address: nobody is paid, and 30 wait to be looked at', async () => {
    const here = await openInviting();
    await looks(here);
    const phones = [here.inviter.visitor, ...[1, 2].map(() => here.pages.visitor({ address: seat }))];
    for (let place = 0; place < 30; place += 1) {
      minute(here);
      if (place % 10 === 9) here.shop.clock.now += 3_600_000;
      const visitor = phones[place % 3];
      if (!visitor) throw new Error('three phones');
      const phone = `139000000${String(place).padStart(2, '0')}`;
      await comes(here, { openid: `oFarm${place}`, phone, visitor });
    }
    await turn(here);
    expect([await brought(here, here.inviter.id), await listed(here, 'paid')]).toEqual([[0, 0], []]);
    expect(await listed(here, 'review')).toHaveLength(30);
  });

  test('30 accounts with one number, her own: one person, and nobody is paid', async () => {
    const here = await openInviting();
    for (let place = 0; place < 30; place += 1) {
      // Five codes a day go to one number.
      here.shop.clock.now += 6 * 3_600_000;
      await comes(here, { openid: `oOne${place}`, phone: inviterPhone, fields: { rebind: 'yes' } });
    }
    expect(await brought(here, here.inviter.id)).toEqual([0, 0]);
    expect((await listed(here, 'refused')).map(({ why }) => why)).toEqual(Array(30).fill('SELF'));
  });

  test('whoever keeps no cookie, or comes from where she has just been, is looked at', async () => {
    const here = await openInviting();
    await looks(here);
    const near = await comes(here, { openid: 'oNear', phone: '13912340001', address: seat });
    const forgetful = here.pages.visitor({ address: '203.0.113.99' });
    forgetful.cookies.set = function (this: Map<string, string>, name: string, value: string) {
      return name.includes('device') ? this : Map.prototype.set.call(this, name, value);
    };
    const bare = await comes(here, { openid: 'oBare', phone: '13912340002', visitor: forgetful });
    const waiting = await listed(here, 'review');
    expect(waiting.map(({ id, why }) => [id, why])).toEqual(
      [
        [bare.id, 'DEVICE'],
        [near.id, 'ADDRESS'],
      ].toSorted(([one], [other]) => (String(one) < String(other) ? 1 : -1)),
    );
  });
});

describe('a family', () => {
  async function family(): Promise<Inviting & { readonly wife: unknown }> {
    const here = await openInviting();
    await looks(here);
    minute(here);
    await comes(here, { openid: 'oWife', phone: '13912340001', visitor: here.inviter.visitor });
    const [waiting] = await listed(here, 'review');
    expect([waiting?.['why'], await brought(here, here.inviter.id)]).toEqual(['DEVICE', [0, 0]]);
    return { ...here, wife: waiting?.['id'] };
  }

  test('of two on one phone waits in the queue; approved it is paid, once, and what was bought meanwhile counts', async () => {
    const here = await family();
    const bought = sale({ at: '2026-11-20 12:00', member: { phone: '13912340001' }, lines: [line()] });
    here.shop.clock.now = at('2026-11-20 12:01');
    await here.shop.tell(bought);
    here.shop.clock.now = at('2026-11-28 10:00');
    await turn(here);
    expect(await brought(here, here.inviter.id)).toEqual([0, 0]);
    const done = await reviews(here, here.wife, true);
    expect(done.json).toMatchObject({ state: 'paid', by: 'hk_admin', walletFen: 200, commissionFen: 50 });
    const again = await reviews(here, here.wife, false);
    expect([again.status, again.json['code']]).toEqual([409, 'not_in_review']);
    expect(await brought(here, here.inviter.id)).toEqual([5, 250]);
  });

  test('rejected it is not, and what they buy brings nothing', async () => {
    const here = await family();
    expect((await reviews(here, here.wife, false)).json).toMatchObject({ state: 'rejected', walletFen: 0 });
    here.shop.clock.now = at('2026-11-21 12:00');
    await here.shop.tell(sale({ at: '2026-11-21 11:00', member: { phone: '13912340001' }, lines: [line()] }));
    here.shop.clock.now = at('2026-12-21 12:00');
    await turn(here);
    expect(await brought(here, here.inviter.id)).toEqual([0, 0]);
    expect((await reviews(here, 'nobody', true)).json['code']).toBe('unknown_referral');
  });

  test('two at once on one phone: at least one is looked at', async () => {
    const here = await openInviting({ reviewAddress: false });
    const shared = here.pages.visitor({ address: '203.0.113.50' });
    await comes(here, { openid: 'oFirst', phone: '13912340001', visitor: shared });
    minute(here);
    await comes(here, { openid: 'oSecond', phone: '13912340002', visitor: shared });
    expect([await listed(here, 'paid'), await listed(here, 'review')].map(({ length }) => length)).toEqual([
      1, 1,
    ]);
  });
});

test('30 register at once where 10 a month are paid for: exactly 10 are, and 20 are told why not', async () => {
  const here = await openInviting({ perMonth: 10 });
  const friends = Array.from({ length: 30 }, (_, place) => ({
    openid: `oMany${place}`,
    phone: `138111100${String(place).padStart(2, '0')}`,
  }));
  // Codes are sent one after the other, as one test inbox can tell them apart; all of them register at once.
  const { startTogether } = await prepared(here, friends);
  const answers = await startTogether();
  expect(answers.filter((status) => status !== 303)).toEqual([]);
  minute(here);
  await turn(here);
  const [paid, refused] = [await listed(here, 'paid'), await listed(here, 'refused')];
  expect([paid.length, refused.length, await brought(here, here.inviter.id)]).toEqual([10, 20, [50, 2_000]]);
  expect(new Set(refused.map(({ why }) => why))).toEqual(new Set(['MONTH']));
  // Another month, another ten.
  here.shop.clock.now = at('2026-12-01 10:00');
  await comes(here, { openid: 'oNext', phone: '13811119999' });
  expect(await listed(here, 'paid')).toHaveLength(11);
});
