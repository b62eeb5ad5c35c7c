/** 收件人: whoever a message is for is reached where they can be reached now. */
import { expect, test } from 'vitest';
import { readRecipients, type Recipient } from '../../workers/db/outbox/recipients.ts';
import { agreeToSms } from '../../workers/db/sms/sms-consents.ts';
import { queue } from '../support/outbox.ts';
import { openShop, outboxRows, type Shop } from '../support/shop.ts';
import { acted } from '../support/wechat.ts';

const phone = '13912345487';

function member({ db }: Shop, id: string, given: { mergedInto?: string; deletedAt?: number } = {}): void {
  db.all(
    `INSERT INTO members (id, phone, orders, spent_fen, created_at, version, merged_into, deleted_at)
     VALUES (?, '${phone}', 0, 0, 0, 1, ?, CAST(? AS INTEGER))`,
    id,
    given.mergedInto ?? null,
    given.deletedAt ?? null,
  );
}
const follows = ({ db }: Shop, openid: string, id: string) =>
  db.all(`INSERT INTO identities VALUES (?, ?)`, `openid:${openid}`, id);

async function whoIs(shop: Shop): Promise<Recipient> {
  const [message] = outboxRows(shop.db);
  if (!message) throw new Error('there is no message');
  return (await readRecipients(shop.db, [message], shop.clock.now)).of(message);
}

const text = { kind: 'text', payload: { text: '您好' } };

test('a member is reached by WeChat and by phone, with what they did and agreed to', async () => {
  const shop = await openShop();
  member(shop, 'm1');
  follows(shop, 'oMa', 'm1');
  acted(shop, 'oMa');
  shop.db.all(`INSERT INTO permissions VALUES ('oMa', 'S1', 2, NULL), ('oMa', 'S2', 0, 5)`);
  await shop.db.batch([agreeToSms('m1', shop.clock.now)]);
  queue(shop, { ...text, memberId: 'm1' });
  expect(await whoIs(shop)).toEqual({
    memberId: 'm1',
    openid: 'oMa',
    phone,
    wecomUserId: null,
    windows: [{ act: 'said', until: shop.clock.now + 48 * 3_600_000, messagesLeft: 5 }],
    permissions: new Map([['S1', 2]]),
    marketingSmsAt: [],
  });
});

test('of two accounts of one member the one that may be spoken to now is taken', async () => {
  const shop = await openShop();
  member(shop, 'm1');
  follows(shop, 'oFirst', 'm1');
  follows(shop, 'oSecond', 'm1');
  acted(shop, 'oSecond');
  queue(shop, { ...text, memberId: 'm1' });
  expect((await whoIs(shop)).openid).toBe('oSecond');
});

test('an answer goes to the account that asked, and the member’s phone stays at hand', async () => {
  const shop = await openShop();
  member(shop, 'm1');
  follows(shop, 'oFirst', 'm1');
  acted(shop, 'oFirst');
  queue(shop, { ...text, memberId: 'm1', openid: 'oAsker' });
  expect(await whoIs(shop)).toMatchObject({ memberId: 'm1', openid: 'oAsker', phone, windows: [] });
});

test('somebody who is no member is reached by the account they wrote from', async () => {
  const shop = await openShop();
  acted(shop, 'oStranger');
  queue(shop, { ...text, openid: 'oStranger' });
  expect(await whoIs(shop)).toMatchObject({ memberId: null, openid: 'oStranger', phone: null });
  expect((await whoIs(shop)).windows).toHaveLength(1);
});

test('whoever was merged twice is reached as the one who is left', async () => {
  const shop = await openShop();
  member(shop, 'm1', { mergedInto: 'm2' });
  member(shop, 'm2', { mergedInto: 'm3' });
  member(shop, 'm3');
  follows(shop, 'oLast', 'm3');
  queue(shop, { ...text, memberId: 'm1' });
  expect(await whoIs(shop)).toMatchObject({ memberId: 'm3', openid: 'oLast' });
});

test('a member who was deleted is reached no way at all, not by phone either', async () => {
  const shop = await openShop();
  member(shop, 'm1', { deletedAt: 1 });
  follows(shop, 'oGone', 'm1');
  queue(shop, { ...text, memberId: 'm1' });
  expect(await whoIs(shop)).toMatchObject({ memberId: null, openid: null, phone: null });
});
