/** 券到账通知: whoever is given a coupon by hand or with a group is told once, unless nobody wants that, and not at night by a job. */
import { beforeEach, expect, test } from 'vitest';
import { messageKinds } from '../../workers/deliver/words/words.ts';
import { grants } from '../../workers/commands/jobs/grants.ts';
import { employ, openConsole, signInAs, type Console } from '../pages/console/support.ts';
import { at, sale, template } from '../support/builders.ts';
import { roundOf } from '../support/round.ts';
import { couponRows, memberId } from '../support/shop.ts';

let opened: Console;
const told = () =>
  opened.shop.db
    .all(`SELECT cause, payload, due_at AS due FROM outbox WHERE kind = 'coupon-given' ORDER BY cause`)
    .map(({ payload, due }) => ({ ...(JSON.parse(String(payload)) as object), due }));
const byHand = (given: Readonly<Record<string, string>>) =>
  opened.send(`/console/members/${String(memberId(opened.shop.db, 'ext:pos:A'))}/grant`, {
    templateId: 'T10',
    count: '2',
    reason: '补偿',
    ...given,
  });
const group = async (given: Readonly<Record<string, string>>, by = opened.owner): Promise<void> => {
  const to = { 'to.by': 'store', 'to.storeId': '8005', templateId: 'T10', count: '1', reason: '开业' };
  const { location } = await opened.send('/console/grant-jobs/new', { ...to, ...given }, by);
  await opened.send(`${location ?? ''}/start`, {}, by);
  const { shop } = opened;
  for (const _ of [1, 2]) await grants.run(roundOf(shop), shop.clock.now);
};

/** A is a follower; B is known to the till alone. */
beforeEach(async () => {
  opened = await openConsole({ templates: [template('T10', { name: '奶粉券' })] });
  for (const [who, openid] of [
    ['A', 'oA'],
    ['B', null],
  ] as const)
    await opened.shop.tell(
      sale({ orderNo: who, member: { externalId: who, ...(openid !== null && { openid }) } }),
    );
});

test('two given by hand are one message, at once, with the last day on which they are good', async () => {
  await byHand({ tells: 'yes' });
  expect(couponRows(opened.shop.db)).toHaveLength(2);
  expect(told()).toEqual([{ coupon: '奶粉券', count: 2, lastOn: '2026-11-28', due: opened.shop.clock.now }]);
});

test('nobody is told where the tick was taken out', async () => {
  await byHand({});
  await group({});
  expect(couponRows(opened.shop.db)).toHaveLength(4);
  expect(told()).toEqual([]);
});

test('of a group each who can be written to is told once; what is given at 23:00 is told at 9:00', async () => {
  opened.shop.clock.now = at('2026-11-22 23:00');
  const late = await signInAs(opened, await employ(opened, 'owner', { name: '夜班' }));
  await group({ tells: 'yes' }, late);
  expect(couponRows(opened.shop.db)).toHaveLength(2);
  expect(told()).toEqual([{ coupon: '奶粉券', count: 1, lastOn: '2026-11-28', due: at('2026-11-23 09:00') }]);
});

test('it says what came, until when, and where it is', () => {
  const kind = messageKinds['coupon-given'];
  const slots = kind?.slots({
    payload: { coupon: '奶粉券', count: 2, lastOn: '2026-11-28' },
    shopName: '阳光小镇母婴',
    storeName: String,
  });
  expect(kind?.text(slots ?? {})).toBe(
    '阳光小镇母婴送您2张奶粉券，最晚可以用到2026-11-28，已经放进您的会员中心，结账时出示会员码。',
  );
});
