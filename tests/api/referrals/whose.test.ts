/** 合并与注销: friends follow whoever their inviter has become, nobody brings herself, and of who leaves nothing is owed. */
import { describe, expect, test } from 'vitest';
import type { MemberId } from '../../../schema/index.ts';
import { at, line, sale } from '../../support/builders.ts';
import {
  brought,
  comes,
  inviterPhone,
  listed,
  openInviting,
  turn,
  type Inviting,
} from '../../support/referrals.ts';
import { forgetMarks } from '../../../workers/db/referrals/marks.ts';
import { logIn, tokenIn } from '../../pages/support.ts';

const friend = { openid: 'oFriend', phone: '13912345487' };
const buys = (here: Inviting, phone = friend.phone, orderNo = 'S1') =>
  here.shop.tell(
    sale({ orderNo, at: '2026-11-21 15:00', member: { phone }, lines: [line({ amountFen: 10_000 })] }),
  );
const merges = ({ shop }: Inviting, from: string, into: string) =>
  shop.tell({
    type: 'member.merged',
    id: `${from}-${into}`,
    occurredAt: '2026-11-21T16:00:00+08:00',
    data: { from: { phone: from }, into: { phone: into } },
  });
const marks = ({ shop }: Inviting) => shop.db.all('SELECT key, member_id FROM referral_marks');

async function afterBuying(): Promise<Inviting & { readonly friendId: MemberId | undefined }> {
  const here = await openInviting();
  const { id: friendId } = await comes(here, friend);
  here.shop.clock.now = at('2026-11-21 15:01');
  await buys(here);
  here.shop.clock.now = at('2026-11-21 16:01');
  return { ...here, friendId };
}
async function later(here: Inviting): Promise<void> {
  here.shop.clock.now = at('2026-11-29 10:00');
  await turn(here);
}

describe('two who are one', () => {
  test('an inviter who turns out to be another: commission and friends are the other’s', async () => {
    const here = await afterBuying();
    const { id = '' } = await comes(here, { openid: 'oOther', phone: '13500135000', by: '' });
    await merges(here, inviterPhone, '13500135000');
    await later(here);
    expect(await brought(here, id as MemberId)).toEqual([5, 250]);
    expect((await listed(here, 'paid')).map(({ inviterId }) => inviterId)).toEqual([id]);
    // Her old code still leads to her.
    await comes(here, { openid: 'oLate', phone: '13912340009' });
    expect(await brought(here, id as MemberId)).toEqual([10, 450]);
  });

  test('a friend who turns out to be another: what the other buys counts on', async () => {
    const here = await afterBuying();
    await here.shop.tell(sale({ orderNo: 'S9', at: '2026-11-19 15:00', member: { phone: '13500135000' } }));
    await merges(here, friend.phone, '13500135000');
    await buys(here, '13500135000', 'S2');
    await later(here);
    expect(await brought(here, here.inviter.id)).toEqual([5, 300]);
  });

  test.each([
    ['her', inviterPhone, friend.phone],
    ['the friend', friend.phone, inviterPhone],
  ])('%s becoming the other: nobody is her own inviter, and nothing more is paid', async (_, from, into) => {
    const here = await afterBuying();
    await merges(here, from, into);
    await buys(here, into, 'S2');
    await later(here);
    expect(here.shop.db.all(`SELECT cause FROM ledger WHERE cause LIKE 'commission:%'`)).toEqual([]);
    const { json } = await here.admin('GET', `/members/${here.inviter.id}/referrals`);
    expect(json['items']).toEqual([]);
  });
});

describe('whoever leaves', () => {
  const leaves = async (visitor: Inviting['inviter']['visitor']): Promise<void> => {
    const token = tokenIn(await visitor.get('/m/leave'));
    await visitor.post('/m/leave', { token, sure: 'yes' });
  };

  test('a friend: what was still to come is not, the marks of her phone go, and the inviter reads of nobody', async () => {
    const here = await openInviting();
    const { visitor, id } = await comes(here, friend);
    here.shop.clock.now = at('2026-11-21 15:01');
    await buys(here);
    expect(marks(here).filter(({ member_id: who }) => who === id)).toHaveLength(2);
    await leaves(visitor);
    expect(marks(here).filter(({ member_id: who }) => who === id)).toEqual([]);
    await later(here);
    expect(await brought(here, here.inviter.id)).toEqual([5, 200]);
    await logIn(here.pages, here.inviter.visitor, 'oInviter');
    expect((await here.inviter.visitor.get('/m/invite/rewards')).text).toContain('一位好友');
  });

  test('an inviter: nobody is paid any more, and her code binds nobody', async () => {
    const here = await afterBuying();
    await here.inviter.visitor.get('/m/invite');
    await leaves(here.inviter.visitor);
    await comes(here, { openid: 'oLate', phone: '13912340009' });
    await later(here);
    expect(here.shop.db.all(`SELECT count(*) AS count FROM referrals`)).toEqual([{ count: 1 }]);
    expect(here.shop.db.all(`SELECT cause FROM ledger WHERE cause LIKE 'commission:%'`)).toEqual([]);
  });
});

test('digests of addresses are gone with the day, those of phones after half a year; of what was looked at none is kept', async () => {
  const here = await openInviting();
  await comes(here, friend);
  expect(here.shop.db.all('SELECT device, network FROM referrals')).toEqual([
    { device: null, network: null },
  ]);
  const kinds = (): unknown[] =>
    marks(here)
      .map(({ key }) => String(key).slice(0, 9))
      .toSorted();
  expect(kinds()).toEqual(['d/2026-11', 'n/2026-11']);
  await here.shop.db.batch([forgetMarks('2026-11-20')]);
  expect(kinds()).toEqual(['d/2026-11', 'n/2026-11']);
  await here.shop.db.batch([forgetMarks('2026-11-21')]);
  expect(kinds()).toEqual(['d/2026-11']);
  await here.shop.db.batch([forgetMarks('2027-04-30')]);
  expect(kinds()).toEqual(['d/2026-11']);
  await here.shop.db.batch([forgetMarks('2027-05-01')]);
  expect(kinds()).toEqual([]);
});
