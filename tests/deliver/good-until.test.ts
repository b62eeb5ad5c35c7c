/** 过时: a notice that comes days late only puzzles its reader. */
import { describe, expect, test } from 'vitest';
import { MerchantSettings } from '../../schema/index.ts';
import { drain } from '../../workers/deliver/drain.ts';
import { campaign, sale } from '../support/builders.ts';
import { queue } from '../support/outbox.ts';
import { openShop, outboxRows, type Shop } from '../support/shop.ts';
import { acted, deliveryOf, playWechat, type Reply } from '../support/wechat.ts';

const hourMs = 3_600_000;
const card = (field: string, slot: string) => ({ id: 'T1', fields: { [field]: slot } });
const settings = {
  wechatTemplates: {
    'sale-earned': card('thing1', 'store'),
    'birthday-member': card('thing1', 'tip'),
    'run-out-member': card('thing1', 'product'),
  },
};
const open = (given: object = {}): Promise<Shop> =>
  openShop({
    settings: MerchantSettings.parse({ ...settings, ...given }),
    campaigns: [campaign('says', { conditions: [], rewards: [{ kind: 'message', text: '谢谢' }] })],
  });

const ended = ({ db }: Shop) =>
  outboxRows(db).map(({ kind, state, lastError }) => ({ kind, state, lastError }));
const stale = { state: 'parked', lastError: '一直没能发出去，现在已经过时，不再发送' };

/** Tried now, while WeChat is away, and again so much later, when it answers. */
async function triedAgain(shop: Shop, laterMs: number) {
  let reply: Reply | undefined = new Error('away');
  const wechat = playWechat(() => reply);
  await drain(deliveryOf(shop, wechat), 10, shop.clock.now);
  reply = undefined;
  shop.clock.now += laterMs;
  wechat.calls.length = 0;
  await drain(deliveryOf(shop, wechat), 10, shop.clock.now);
  return wechat.calls.filter(({ path }) => path !== '/cgi-bin/stable_token');
}

describe('of a sale', () => {
  const sold = async (given: object = {}) => {
    const shop = await open(given);
    await shop.tell(sale({ at: '2026-11-22 14:00', member: { externalId: 'M1', openid: 'oMa' } }));
    acted(shop, 'oMa');
    return shop;
  };

  test('what could not be sent for three days is not sent any more', async () => {
    const shop = await sold();
    expect(await triedAgain(shop, 72 * hourMs)).toEqual([]);
    const late = ended(shop);
    expect(late.find(({ kind }) => kind === 'sale-earned')).toMatchObject(stale);
  });

  test('what could not be sent for two days is sent', async () => {
    const shop = await sold();
    expect(await triedAgain(shop, 47 * hourMs)).toHaveLength(2);
    expect(ended(shop).map(({ state }) => state)).toEqual(['sent', 'sent']);
  });

  test('the shop says how long: what a campaign said of it is not sent after six hours either', async () => {
    const shop = await sold({ tellSaleWithinHours: 6 });
    expect(await triedAgain(shop, 7 * hourMs)).toEqual([]);
    expect(ended(shop)).toEqual([
      { kind: 'sale-earned', ...stale },
      { kind: 'text', ...stale },
    ]);
  });
});

describe('a reminder', () => {
  const reminded = async (kind: string, payload: object) => {
    const shop = await open();
    shop.db.all(
      `INSERT INTO members (id, phone, orders, spent_fen, created_at, version) VALUES ('m1', '13912345487', 0, 0, 0, 1)`,
    );
    shop.db.all(`INSERT INTO identities VALUES ('openid:oMa', 'm1')`);
    queue(shop, { kind, memberId: 'm1', payload: { ...payload } });
    return shop;
  };

  test.each([
    ['of a birthday is sent on the day', 'birthday-member', { birthdayOn: '2026-11-24' }, 48, 1],
    ['of a birthday is not sent the day after', 'birthday-member', { birthdayOn: '2026-11-24' }, 72, 0],
    [
      'of a tin that is empty is not sent',
      'run-out-member',
      { productName: '奶粉', endsOn: '2026-11-24' },
      72,
      0,
    ],
    [
      'told at the last moment has a day',
      'run-out-member',
      { productName: '奶粉', endsOn: '2026-11-20' },
      23,
      1,
    ],
  ])('%s', async (_, kind, payload, hours, sent) => {
    const shop = await reminded(kind, payload);
    expect(await triedAgain(shop, hours * hourMs)).toHaveLength(sent);
    expect(ended(shop)).toEqual([sent === 1 ? { kind, state: 'sent', lastError: null } : { kind, ...stale }]);
  });
});
