/** 哪个公众号的openid: an openid names a person only under the shop's own app, and whose it is only WeChat or the sender can say. */
import { describe, expect, test } from 'vitest';
import { join } from '../../../workers/commands/members/join.ts';
import { events, openAccount } from '../../support/account.ts';
import { sale } from '../../support/builders.ts';
import { inboxRows, memberId, memberRows, openShop, type Shop } from '../../support/shop.ts';
import { account } from '../../support/wechat.ts';

const phone = '13912345487';
const untold = { config: { wechatAppId: undefined } };
const openids = ({ db }: Shop): string[] =>
  db.all(`SELECT key FROM identities WHERE key LIKE 'openid:%' ORDER BY key`).map(({ key }) => String(key));

const registers = (shop: Shop, openid: string) =>
  join(
    shop.engine,
    {
      proofId: `proof-${openid}`,
      openid,
      unionid: null,
      phone,
      name: null,
      children: [],
      birthdayOn: null,
      isRebinding: false,
      invitation: { guide: null, source: null },
    },
    shop.clock.now,
  );

describe('the openid of another app, such as the till’s mini program', () => {
  test('names nobody, and the owner of the phone registers in the account as if it had not been told', async () => {
    const shop = await openShop();
    await shop.tell(sale({ member: { phone, openid: 'oMini', appId: 'wxTheTillsOwnProgram' } }));
    expect(openids(shop)).toEqual([]);
    expect(await registers(shop, 'oHers')).toBe('joined');
    expect(memberId(shop.db, 'openid:oHers')).toBe(memberId(shop.db, `phone:${phone}`));
  });

  test('nor does one whose app nobody told, until the account itself hears from it', async () => {
    const shop = await openShop(untold);
    await shop.tell(sale({ orderNo: '1', member: { phone, openid: 'oHers' } }));
    expect(openids(shop)).toEqual([]);
    const wechat = openAccount(shop);
    await wechat.push('oHers', events.follow());
    await shop.tell(sale({ orderNo: '2', member: { phone, openid: 'oHers' } }));
    expect(openids(shop)).toEqual(['openid:oHers']);
  });

  test('alone, it is no customer: the sale counts, and no member is made', async () => {
    const shop = await openShop(untold);
    await shop.tell(sale({ member: { openid: 'oMini' } }));
    expect([memberRows(shop.db), inboxRows(shop.db).map(({ state }) => state)]).toEqual([[], ['done']]);
  });
});

describe('an openid under the shop’s own app', () => {
  test.each<[string, object, Parameters<typeof openShop>[0]]>([
    ['said with each', { appId: account.appId }, untold],
    ['said once for the source', {}, {}],
  ])('%s, names the member', async (_, told, setup) => {
    const shop = await openShop(setup);
    await shop.tell(sale({ member: { phone, openid: 'oHers', ...told } }));
    expect(openids(shop)).toEqual(['openid:oHers']);
  });

  test('that a till told is outweighed by a code: whoever holds the phone is let in, and the other WeChat is not', async () => {
    const shop = await openShop();
    await shop.tell(sale({ member: { phone, openid: 'oPaidForHer' } }));
    expect(await registers(shop, 'oHers')).toBe('joined');
    expect(openids(shop)).toEqual(['openid:oHers']);
    expect(memberRows(shop.db)).toHaveLength(1);
  });

  test('is not taken up again from a till after the person has unfollowed, where nobody told the app', async () => {
    const shop = await openShop(untold);
    const wechat = openAccount(shop);
    await wechat.push('oHers', events.follow());
    await shop.tell(sale({ orderNo: '1', member: { phone, openid: 'oHers' } }));
    shop.clock.now += 60_000;
    await wechat.push('oHers', events.unfollow);
    await shop.work();
    await shop.tell(sale({ orderNo: '2', member: { phone, openid: 'oHers' } }));
    expect(openids(shop)).toEqual([]);
  });
});
