/** K-64 to K-67 on two phones, 360 px wide: 王晓晓 shows her code, 陈小满 registers by it and buys, and what came back earns nobody anything. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { at, line, refund, sale } from '../../support/builders.ts';
import { openBrowser } from '../../support/browser.ts';
import { openInviting, turn, type Inviting } from '../../support/referrals.ts';
import { scanDrawings } from '../../support/scanner.ts';
import { serve, type Served } from '../served.ts';
import { lastCode } from '../support.ts';

const friendPhone = '13912345487';
let browser: Browser;
let served: Served;
let here: Inviting;
beforeAll(async () => {
  here = await openInviting({ commissionDays: 90 });
  [served, browser] = await Promise.all([serve(app), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await served.close();
});

/** Whose phone sits at which address. */
const phones = { '198.51.100.1': 'oInviter', '203.0.113.9': 'oFriend' };

/** WeChat knows whose phone it is, and sends its browser straight back with a code. */
const app: Parameters<typeof serve>[0] = {
  request: async (url, init) => {
    const answer = await here.pages.app.request(url, init);
    const asked = new URL(answer.headers.get('location') ?? url, url);
    if (asked.origin !== 'https://open.wechat.example') return answer;
    const address = new Headers(init.headers).get('cf-connecting-ip') as keyof typeof phones;
    const code = `code-of-${phones[address]}`;
    const said = { access_token: 't', openid: phones[address], scope: 'snsapi_base', expires_in: 7200 };
    here.pages.codes.set(code, said);
    const back = new URL(asked.searchParams.get('redirect_uri') ?? '');
    back.searchParams.set('code', code);
    back.searchParams.set('state', asked.searchParams.get('state') ?? '');
    const headers = new Headers(answer.headers);
    headers.set('location', back.href);
    return new Response(null, { status: 302, headers });
  },
};

type Phone = { readonly page: Page; readonly context: BrowserContext };
async function phoneAt(address: keyof typeof phones): Promise<Phone> {
  const context = await browser.newContext({ viewport: { width: 360, height: 780 }, locale: 'zh-CN' });
  context.setDefaultTimeout(60_000);
  await context.setExtraHTTPHeaders({ 'cf-connecting-ip': address });
  return { context, page: await context.newPage() };
}

const seen = async (page: Page): Promise<string> =>
  (await page.locator('main').innerText()).replaceAll(/\s+/g, ' ');

/** What she sees at this address, and that nothing of it runs off. */
async function look({ page }: Phone, path: string): Promise<string> {
  await page.goto(served.url + path);
  await page.waitForURL(`${served.url}${path}`);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
  return seen(page);
}

/** Types her number, has the code sent, and agrees. */
async function register({ page }: Phone, link: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel('手机号').fill(friendPhone);
  await page.getByText('暂无', { exact: true }).click();
  await page.getByRole('button', { name: '发送验证码' }).click();
  await page.getByText('已发到 139****5487').waitFor();
  await page.getByLabel('短信验证码').fill(lastCode(here.pages));
  await page.getByLabel('称呼').fill('陈小满');
  await page.getByLabel('我同意').check();
  await page.locator('[data-submit]').click();
  await page.getByText('注册成功，欢迎您！').waitFor();
}

const rewards = '/m/invite/rewards';
const spending = `${rewards}?tab=spending`;

test('A friend registers by the code on her page: both rewards stand in two tabs, and a purchase that comes back takes its commission along', async () => {
  const { shop } = here;
  const inviter = await phoneAt('198.51.100.1');
  const friend = await phoneAt('203.0.113.9');

  expect(await look(inviter, '/m/invite')).toContain('王** 邀请您注册会员');
  const [code] = await scanDrawings(await inviter.page.content());
  const link = code?.text ?? '';
  expect(link).toBe(`${served.url}/m/register?by=${here.inviter.code}`);
  expect(await look(inviter, rewards)).toContain('还没有好友来注册');

  await register(friend, link);
  expect(await look(inviter, rewards)).toMatch(
    /奖励过的好友（位） 1 .*陈\*\* 139\*\*\*\*5487 .*注册 10元券 ×5、2元余额/,
  );

  shop.clock.now = at('2026-11-20 12:00');
  const member = { phone: friendPhone };
  await shop.tell(
    sale({ orderNo: 'S2', at: '2026-11-20 12:00', member, lines: [line({ amountFen: 265_423 })] }),
  );
  expect(await look(inviter, spending)).toContain(
    '陈** 139****5487 已消费 2,654.23 元 0 元 另有 13.27 元待结算 11月27日起到账',
  );

  shop.clock.now = at('2026-11-27 09:00');
  await turn(here);
  expect(await look(inviter, spending)).toContain('得到余额 2 元，消费提成 13.27 元');
  await inviter.page.getByRole('link', { name: '注册奖励' }).click();
  await inviter.page.getByText('10元券 ×5、2元余额').waitFor();

  shop.clock.now = at('2026-11-28 10:00');
  await shop.tell(refund({ orderNo: 'S2', at: '2026-11-28 09:58' }));
  await turn(here);
  const after = await look(inviter, spending);
  expect(after).toContain('得到余额 2 元，消费提成 0 元');
  expect(after).toMatch(/陈\*\* 139\*\*\*\*5487 已消费 0 元 0 元(?! 另有)/);
  expect(await look(inviter, '/m/wallet')).toMatch(/13\.27.*\+13\.27.*\+2 /);
  await Promise.all([inviter.context.close(), friend.context.close()]);
});
