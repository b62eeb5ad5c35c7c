/** 邀请好友 on the pages: what an inviter sees of it, what the office decides, and how both look on a phone. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { at, line, sale } from '../../support/builders.ts';
import { openBrowser } from '../../support/browser.ts';
import { scanDrawings } from '../../support/scanner.ts';
import { brought, comes, listed, openInviting, turn, type Inviting } from '../../support/referrals.ts';
import { employ, signInAs } from '../console/support.ts';
import { wrongOn } from '../looked-at.ts';
import { browserOf, serve, type Served } from '../served.ts';
import { logIn, tokenIn, words, type Visitor } from '../support.ts';

/** One friend who bought, one who is looked at, one who was a member before. */
async function openFull(): Promise<Inviting & { readonly owner: Visitor; readonly cashier: Visitor }> {
  const here = await openInviting({ commissionDays: 90 });
  await here.inviter.visitor.get('/m/invite');
  await here.shop.tell(sale({ at: '2026-11-19 15:00', member: { externalId: 'M9', phone: '13700137000' } }));
  await comes(here, { openid: 'oFriend', phone: '13912345487', fields: { name: '陈小满' } });
  here.shop.clock.now += 61_000;
  await comes(here, { openid: 'oWife', phone: '13912340001', visitor: here.inviter.visitor });
  await comes(here, { openid: 'oKnown', phone: '13700137000' });
  here.shop.clock.now = at('2026-11-20 12:00');
  await here.shop.tell(
    sale({
      orderNo: 'S2',
      at: '2026-11-20 12:00',
      member: { phone: '13912345487' },
      lines: [line({ amountFen: 265_423 })],
    }),
  );
  const origin = 'http://127.0.0.1';
  const owner = await signInAs(
    here.pages,
    await employ(here.pages, 'owner', { name: '陈老板' }),
    here.pages.visitor({ origin }),
  );
  const cashier = await signInAs(
    here.pages,
    await employ(here.pages, 'cashier'),
    here.pages.visitor({ origin }),
  );
  const visitor = here.pages.visitor({ origin, address: '198.51.100.1' });
  await logIn(here.pages, visitor, 'oInviter');
  return { ...here, owner, cashier, inviter: { ...here.inviter, visitor } };
}

describe('an inviter', () => {
  test('K-64: sees what a friend brings, with a code that leads to the registration of the shop', async () => {
    const { inviter } = await openFull();
    expect(words(await inviter.visitor.get('/m/'))).toContain('邀请好友');
    const opened = await inviter.visitor.get('/m/invite');
    const page = words(opened);
    expect(await scanDrawings(opened.text)).toEqual([
      { format: 'QRCode', text: `http://127.0.0.1/m/register?by=${inviter.code}` },
    ]);
    expect(page).toContain('王** 邀请您注册会员');
    expect(page).toContain('奖励一 每位好友：10元券 ×5、2元余额');
    expect(page).toContain(
      '好友注册后 90 天内，每笔消费的 0.5%，每位好友最多 100元。过了 7 天退货期到账，退货不算。',
    );
  });

  test('K-67: reads her rewards in two tabs, with masked phones and what still waits', async () => {
    const here = await openFull();
    const { inviter } = here;
    const first = words(await inviter.visitor.get('/m/invite/rewards'));
    expect(first).toContain('陈** 139****5487 11月20日 10:00 注册 10元券 ×5、2元余额');
    expect(first).toContain('139****0001 11月20日 10:01 注册 店里正在核对');
    // Of whoever was refused she is told nothing.
    expect(first).not.toContain('7000');
    const second = words(await inviter.visitor.get('/m/invite/rewards?tab=spending'));
    expect(second).toContain('已消费 2,654.23 元 0 元 另有 13.27 元待结算 11月27日起到账');
    here.shop.clock.now = at('2026-11-27 00:01');
    await turn(here);
    const settled = words(await inviter.visitor.get('/m/invite/rewards?tab=spending'));
    expect(settled).toContain('得到余额 2 元，消费提成 13.27 元');
    expect(settled).toContain('已消费 2,654.23 元 +13.27 元');
    expect(words(await inviter.visitor.get('/m/wallet'))).toMatch(
      /好友消费提成 .* \+13\.27 .*邀请好友奖励 .* \+2 /,
    );
  });
});

describe('the office', () => {
  test('sees the queue, approves one, and it is paid and recorded; a cashier is not let in', async () => {
    const here = await openFull();
    const { owner, cashier, inviter } = here;
    const queue = await owner.get('/console/referrals');
    expect(words(queue)).toMatch(
      /等您核对 1 .*138\*\*\*\*8000 （王\*\*） 139\*\*\*\*0001 等您核对 和另一位会员用过同一部手机/,
    );
    expect(words(await owner.get('/console/referrals?state=refused'))).toContain(
      '没有留资料 不给奖励 来之前就是会员',
    );
    const [waiting] = await listed(here, 'review');
    const fields = { token: tokenIn(queue), id: String(waiting?.['id']), approve: 'yes' };
    expect((await cashier.get('/console/referrals')).status).toBe(403);
    const done = await owner.post('/console/referrals/review', fields);
    expect([done.location, await brought(here, inviter.id)]).toEqual([
      '/console/referrals?said=referral-approved',
      [10, 400],
    ]);
    expect((await owner.post('/console/referrals/review', fields)).location).toContain('referral-settled');
    expect(words(await owner.get('/console/audit'))).toContain('核对一次邀请');
  });

  test('is told what WeChat and the law allow where it is switched on', async () => {
    const { owner } = await openFull();
    const rules = words(await owner.get('/console/settings/referral'));
    for (const said of ['诱导分享', '只奖一层', '传销', '10元券']) expect(rules).toContain(said);
  });
});

describe('in a browser', () => {
  let browser: Browser;
  let served: Served;
  let full: Awaited<ReturnType<typeof openFull>>;
  beforeAll(async () => {
    full = await openFull();
    [served, browser] = await Promise.all([serve(full.pages.app), openBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await served.close();
  });

  test('at 360 px and on a desk nothing is serious, runs off or is too low for a thumb', async () => {
    const wrong: string[] = [];
    for (const [visitor, paths] of [
      [full.inviter.visitor, ['/m/invite', '/m/invite/rewards', '/m/invite/rewards?tab=spending']],
      [full.owner, ['/console/referrals', '/console/settings/referral']],
    ] as const) {
      const context = await browserOf(browser, served.url, visitor);
      const page = await context.newPage();
      for (const path of paths) {
        wrong.push(...(await wrongOn(page, served.url, path)));
      }
      await context.close();
    }
    expect(wrong).toEqual([]);
  });
});
