/** 码与海报: an associate's poster, the code that binds her WeChat, and codes for stores, each from the account and each counted. */
import { describe, expect, test } from 'vitest';
import { officialOf } from '../../support/official.ts';
import { guide } from '../../support/scenes.ts';
import { openShop } from '../../support/shop.ts';
import { playWechat, type Call, type Reply } from '../../support/wechat.ts';
import { withSms, words } from '../support.ts';
import { openConsole, type Console } from './support.ts';

async function open(answer: (call: Call) => Reply | undefined = () => undefined) {
  const shop = await openShop({ settings: withSms, associates: [guide('g7', '小王')] });
  const asked: string[] = [];
  const wechat = playWechat((call) => {
    const told = answer(call);
    if (told || call.path !== '/cgi-bin/qrcode/create') return told;
    asked.push(JSON.stringify(call.body));
    return { ticket: `gQ${asked.length}`, url: `http://weixin.qq.com/q/${asked.length}` };
  });
  const console_: Console = await openConsole({ shop, official: officialOf(shop, wechat) });
  return { ...console_, asked };
}

describe('小王的专属码', () => {
  test('is a poster with the shop’s name and hers, made once and for good', async () => {
    const { owner, asked } = await open();
    const page = await owner.get('/console/associates/g7/poster');
    for (const said of ['阳光小镇母婴', '小王', '一对一服务', '扫过 0 次'])
      expect(words(page)).toContain(said);
    expect(page.text).toContain('<svg');
    await owner.get('/console/associates/g7/poster');
    expect(asked).toEqual([expect.stringContaining('QR_LIMIT_STR_SCENE')]);
    expect(asked[0]).toContain('adv_g7');
  });

  test('an invitation binds her WeChat once, within ten minutes, and stands in the audit', async () => {
    const { send, shop } = await open();
    const page = await send('/console/associates/g7/invite', {});
    expect(words(page)).toContain('只能用一次，十分钟内有效');
    const [scene] = shop.db.all(`SELECT kind, target_id, expires_at FROM scenes`);
    expect(scene).toMatchObject({ kind: 'staff', target_id: 'g7' });
    expect(shop.db.all(`SELECT act, subject FROM audit_rows`)).toEqual([
      { act: 'associate.invite', subject: 'g7' },
    ]);
  });

  test('without an account, and where WeChat refuses, the page says what to do', async () => {
    const none = await openConsole({ associates: [guide('g7', '小王')] });
    const page = await none.owner.get('/console/associates/g7/poster');
    expect([page.status, words(page)]).toEqual([503, expect.stringContaining('还没有接公众号')]);
    const refused = await open(({ path }) =>
      path === '/cgi-bin/qrcode/create' ? { errcode: 48001, errmsg: 'api unauthorized' } : undefined,
    );
    expect(words(await refused.owner.get('/console/associates/g7/poster'))).toContain('认证过的服务号');
  });
});

test('a code for the counter is made by form, shown to print, and listed with how often it was scanned', async () => {
  const { send, owner, shop } = await open();
  const made = await send('/console/codes/new', { kind: 'store', storeId: '8005', name: '天河店收银台' });
  expect(made.location).toMatch(/^\/console\/codes\/store.*said=created$/);
  expect(words(await owner.get(made.location ?? ''))).toContain('天河店收银台');
  shop.db.all(`UPDATE scenes SET scans = 12, claims = 3`);
  expect(words(await owner.get('/console/codes'))).toMatch(/天河店收银台 门店码 12 3 一直有效/);
  const wrong = await send('/console/codes/new', { kind: 'store', storeId: '', name: '' });
  expect(wrong.status).toBe(422);
});

test('a code that hangs at the counter gets another name and gives a coupon from now on; its picture and its scans stay', async () => {
  const { send, owner, shop, asked } = await open();
  await send('/console/coupons/new', {
    kind: 'gift',
    name: '湿巾一包',
    'validity.~shape': 'relative',
    'validity.relative.afterDays': '0',
    'validity.relative.forDays': '30',
  });
  const [template] = shop.db.all(`SELECT id FROM coupon_templates`);
  const made = await send('/console/codes/new', { kind: 'store', storeId: '8005', name: '收银台' });
  const own = (made.location ?? '').replace(/\?.*/, '');
  shop.db.all(`UPDATE scenes SET scans = 12`);
  expect((await owner.get(own)).text).toContain(`${own}/change`);
  const changed = { kind: 'coupon', templateId: String(template?.['id']), name: '收银台送湿巾' };
  expect((await send(`${own}/change`, changed)).location).toBe(`${own}?said=saved`);
  expect(shop.db.all(`SELECT kind, name, scans, url FROM scenes`)).toEqual([
    { kind: 'coupon', name: '收银台送湿巾', scans: 12, url: 'http://weixin.qq.com/q/1' },
  ]);
  expect(asked).toHaveLength(1);
  expect(words(await send(`${own}/change`, { ...changed, name: '' }))).toContain('这一项要填。');
  expect((await owner.get('/console/codes/adv_g7/change')).status).toBe(404);
  expect(shop.db.all(`SELECT act FROM audit_rows ORDER BY seq`).map(({ act }) => act)).toContain(
    'code.change',
  );
});
