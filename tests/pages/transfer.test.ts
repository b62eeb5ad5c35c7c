/** 确认收款: only the member whose money it is sees the payment, and WeChat's browser is asked with a page that is signed. */
import { runInNewContext } from 'node:vm';
import { getJsApiSignature } from '@wecom/crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { callOffTransfer } from '../../workers/db/members/transfers.ts';
import { jsTicket } from '../../workers/deliver/account/js-ticket.ts';
import { tokens, wechatAccount } from '../../workers/deliver/account/tokens.ts';
import { script } from '../../workers/pages/ui/transfer-script.ts';
import { hourMs, member, minuteMs, openPayShop, type PayShop } from '../support/payout.ts';
import { account, playWechat, type Call, type Reply, type Wechat } from '../support/wechat.ts';
import { home, logIn, openPages, words, type Answered, type Pages, type Visitor } from './support.ts';

const mchId = '1900000001';
const inWechat = { 'user-agent': 'Mozilla/5.0 (Linux; Android 15) MicroMessenger/8.0.60(0x28003C35)' };

let here: PayShop;
let wechat: Wechat;
let given: number;
let refusal: Reply | null;

const ticketPath = '/cgi-bin/ticket/getticket';
function ticketOf({ path, token }: Call): Reply | undefined {
  if (path !== ticketPath) return undefined;
  if (refusal) return refusal;
  if (token !== `token-${String(wechat.tokensGiven())}`) return { errcode: 40001, errmsg: 'invalid' };
  given += 1;
  return { errcode: 0, errmsg: 'ok', ticket: `ticket-${String(given)}`, expires_in: 7200 };
}

beforeEach(async () => {
  here = await openPayShop({ settings: { shopName: '阳光小镇母婴' } });
  [given, refusal] = [0, null];
  wechat = playWechat(ticketOf);
  await member(here, 'M1', 5_000);
  await here.withdraw('M1', 2_050);
});

const bill = (): string => here.rows()[0]?.outBillNo ?? '';
const path = (): string => `/m/transfers/${bill()}`;
const ticketsAsked = (): number => wechat.calls.filter((call) => call.path === ticketPath).length;

/** An isolate of its own: it shares nothing with another but the database. */
async function anIsolate(canPay = true): Promise<Pages> {
  const { db } = here.engine;
  const clock = (): number => here.shop.clock.now;
  const { client } = wechat;
  const accountTokens = tokens({ db, clock, account: wechatAccount(client, account) });
  const { appId } = account;
  return openPages({
    shop: here.shop,
    jsTicket: jsTicket({ db, clock, appId, client, accountTokens }),
    confirming: canPay ? { mchId } : null,
  });
}

async function loggedIn(openid = 'open-M1', canPay = true): Promise<Visitor> {
  const pages = await anIsolate(canPay);
  const visitor = pages.visitor();
  await logIn(pages, visitor, openid);
  return visitor;
}

const Confirm = z.strictObject({
  config: z.strictObject({
    appId: z.string(),
    timestamp: z.string(),
    nonceStr: z.string(),
    signature: z.string(),
  }),
  request: z.strictObject({ mchId: z.string(), appId: z.string(), package: z.string() }),
});
const attributeOf = ({ text }: Answered): string | undefined => /data-confirm="([^"]*)"/.exec(text)?.[1];
const confirmIn = (page: Answered) =>
  Confirm.parse(JSON.parse((attributeOf(page) ?? '').replaceAll('&quot;', '"').replaceAll('&amp;', '&')));
const hasButton = (page: Answered): boolean => attributeOf(page) !== undefined;

describe('whose payment it is', () => {
  test('whoever is not logged in is sent to WeChat, and comes back to this very payment', async () => {
    await here.round();
    const pages = await anIsolate();
    const visitor = pages.visitor();
    const first = await visitor.get(path(), inWechat);
    expect([first.status, first.location]).toEqual([302, `/m/login?to=${encodeURIComponent(path())}`]);
    expect((await logIn(pages, visitor, 'open-M1', path())).location).toBe(path());
    expect((await visitor.get(path(), inWechat)).status).toBe(200);
  });

  test('another member, somebody who is none, and a number that never was: there is no such page', async () => {
    await here.round();
    await member(here, 'M2', 0);
    const [other, nobody, own] = [
      await loggedIn('open-M2'),
      await loggedIn('open-none'),
      await loggedIn('open-M1'),
    ];
    const refused = [
      await other.get(path(), inWechat),
      await nobody.get(path(), inWechat),
      await own.get('/m/transfers/HK0000000000000000000000000000', inWechat),
      await own.get(`${path()}%27`, inWechat),
    ];
    const unknown = words(await own.get('/m/nowhere'));
    expect(refused.map((page) => [page.status, words(page)])).toEqual(refused.map(() => [404, unknown]));
    expect(ticketsAsked()).toBe(0);
  });

  test('a member who was merged from two uses the WeChat that the money was sent to', async () => {
    await here.round();
    here.shop.db.all(
      `INSERT INTO identities SELECT 'openid:open-second' AS key, member_id FROM identities WHERE key = 'openid:open-M1'`,
    );
    const page = await (await loggedIn('open-second')).get(path(), inWechat);
    expect([page.status, hasButton(page)]).toEqual([200, false]);
    expect(words(page)).toContain('请用那个微信打开');
  });
});

describe('20.50 yuan', () => {
  test('are on their way, then wait for a yes, and are then in the member’s WeChat', async () => {
    const visitor = await loggedIn();
    const before = await visitor.get(path(), inWechat);
    expect(words(before)).toBe('提现 金额（元） 20.50 已申请，正在提交给微信支付。');
    await here.round();
    const waiting = await visitor.get(path(), inWechat);
    expect(words(waiting)).toContain('20.50 等您确认收款');
    expect(words(waiting)).toContain('超过24小时没有确认，钱会退回');
    expect(confirmIn(waiting).request).toEqual({
      mchId,
      appId: account.appId,
      package: here.rows()[0]?.packageInfo,
    });
    here.pay.confirm(bill());
    here.later(minuteMs);
    await here.round();
    const paid = await visitor.get(path(), inWechat);
    expect(words(paid)).toBe('提现 金额（元） 20.50 已转入微信零钱。');
    expect([before, waiting, paid].map(hasButton)).toEqual([false, true, false]);
    expect(paid.text).not.toContain('<script');
  });

  test('that are called back cannot be confirmed any more', async () => {
    await here.round();
    await here.engine.db.batch([callOffTransfer(bill(), here.shop.clock.now)]);
    const page = await (await loggedIn()).get(path(), inWechat);
    expect([words(page).includes('不能再领取'), hasButton(page)]).toEqual([true, false]);
  });

  test('that nobody confirmed for a day are back in the account', async () => {
    await here.round();
    const found = here.pay.bills.get(bill());
    if (!found) throw new Error('no bill');
    Object.assign(found, { state: 'FAIL', failReason: 'OVERDUE_CLOSE' });
    here.later(25 * hourMs);
    await here.round();
    expect(words(await (await loggedIn()).get(path(), inWechat))).toBe(
      '提现 金额（元） 20.50 超过24小时没有确认收款，钱已退回账户。',
    );
  });

  test('that WeChat Pay did not pay say why', async () => {
    await here.round();
    const found = here.pay.bills.get(bill());
    if (!found) throw new Error('no bill');
    Object.assign(found, { state: 'FAIL', failReason: 'ACCOUNT_FROZEN' });
    here.later(minuteMs);
    await here.round();
    expect(words(await (await loggedIn()).get(path(), inWechat))).toContain('收款人的微信支付账户被冻结');
  });

  test('cannot be had while the shop has no keys to pay with', async () => {
    await here.round();
    const page = await (await loggedIn('open-M1', false)).get(path(), inWechat);
    expect([page.status, hasButton(page)]).toEqual([200, false]);
    expect(words(page)).toContain('现在不能领取，请联系店员');
  });

  test('are confirmed in WeChat and nowhere else', async () => {
    await here.round();
    const page = await (await loggedIn()).get(path(), { 'user-agent': 'Mozilla/5.0 Chrome/140.0' });
    expect([words(page).includes('请在微信里打开'), hasButton(page), ticketsAsked()]).toEqual([
      true,
      false,
      0,
    ]);
  });
});

describe('the page that WeChat is asked from', () => {
  beforeEach(async () => {
    await here.round();
  });

  test('is signed with its own address, query and all, without what follows #', async () => {
    const visitor = await loggedIn();
    const page = await visitor.get(`${path()}?from=singlemessage&n=1#top`, inWechat);
    const { config } = confirmIn(page);
    const { nonceStr, timestamp } = config;
    const url = `${home}${path()}?from=singlemessage&n=1`;
    const theirs = getJsApiSignature({ ticket: 'ticket-1', url, nonceStr, timestamp });
    expect(config).toEqual({ appId: account.appId, ...theirs });
    expect(timestamp).toBe(String(Math.floor(here.shop.clock.now / 1000)));
    expect(page.text).not.toContain('ticket-1');
    expect(confirmIn(await visitor.get(path(), inWechat)).config.nonceStr).not.toBe(nonceStr);
  });

  test('may have one script from WeChat’s host, and no other page may', async () => {
    const visitor = await loggedIn();
    const page = await visitor.get(path(), inWechat);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'self'; script-src 'nonce-[0-9a-z]{26}' https:\/\/res\.wx\.qq\.com; connect-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
    );
    const nonce = /'nonce-(\w+)'/.exec(policy)?.[1] ?? '';
    expect(page.text.match(/<script[^>]*>/g)).toEqual([
      `<script nonce="${nonce}" src="https://res.wx.qq.com/open/js/jweixin-1.6.0.js">`,
      `<script nonce="${nonce}" src="/assets/transfer.js">`,
    ]);
    expect(page.headers.get('cache-control')).toBe('no-store');
    for (const elsewhere of ['/m/', '/m/leave', '/m/transfers/none'])
      expect((await visitor.get(elsewhere)).headers.get('content-security-policy')).not.toContain(
        'wx.qq.com',
      );
  });

  test('20 members at once have one ticket fetched, and keep it for two hours less five minutes', async () => {
    const visitors = await Promise.all(Array.from({ length: 20 }, () => loggedIn()));
    const seen = await Promise.all(visitors.map((visitor) => visitor.get(path(), inWechat)));
    for (const page of seen) expect(isSignedWith(page, 'ticket-1')).toBe(true);
    expect([ticketsAsked(), wechat.tokensGiven()]).toEqual([1, 1]);
    expect(here.shop.db.all(`SELECT app_id, token FROM wechat_tokens ORDER BY app_id`)).toEqual([
      { app_id: 'jsapi:wx5823bf96d3bd56c7', token: 'ticket-1' },
      { app_id: 'wx5823bf96d3bd56c7', token: 'token-1' },
    ]);
    const [one] = visitors;
    here.later(115 * minuteMs - 1);
    expect(one && isSignedWith(await one.get(path(), inWechat), 'ticket-1')).toBe(true);
    here.later(1);
    expect(one && isSignedWith(await one.get(path(), inWechat), 'ticket-2')).toBe(true);
  });

  test('without a ticket shows the payment, and says to come again; the next visit asks anew', async () => {
    refusal = { errcode: -1, errmsg: 'system error' };
    const visitor = await loggedIn();
    const page = await visitor.get(path(), inWechat);
    expect([page.status, hasButton(page)]).toEqual([200, false]);
    expect(words(page)).toContain('20.50 等您确认收款');
    expect(words(page)).toContain('现在连不上微信，请过一会儿刷新');
    refusal = null;
    expect(hasButton(await visitor.get(path(), inWechat))).toBe(true);
  });
});

function isSignedWith(page: Answered, ticket: string): boolean {
  const { nonceStr, timestamp, signature } = confirmIn(page).config;
  const theirs = getJsApiSignature({ ticket, url: home + path(), nonceStr, timestamp });
  return signature === theirs.signature;
}

describe('the button', () => {
  type Phone = {
    readonly canAsk?: boolean;
    /** Null for a WeChat that never says how it ended. */
    readonly told?: string | null;
    readonly hasSdk?: boolean;
    /** Whether WeChat's bridge ever opens. */
    readonly isReady?: boolean;
  };

  /** Presses it twice in a phone that is played: what WeChat was asked, and what the member reads then. */
  async function press({ canAsk = true, told = 'ok', hasSdk = true, isReady = true }: Phone) {
    await here.round();
    const page = await (await loggedIn()).get(path(), inWechat);
    const name = 'requestMerchantTransfer';
    const said = { className: '', textContent: '' };
    const asked: unknown[] = [];
    const phone = { configured: null as unknown, isRemoved: false };
    let click = (): void => undefined;
    const answers: (() => void)[] = [];
    const button = {
      dataset: { confirm: JSON.stringify(confirmIn(page)) },
      addEventListener: (_: string, listener: () => void) => void (click = listener),
      remove: () => void (phone.isRemoved = true),
    };
    const wx = {
      config: (config: unknown) => void (phone.configured = config),
      error: () => undefined,
      ready: (then: () => void) => void (isReady && then()),
      checkJsApi: ({ success }: { success: (answer: object) => void }) =>
        success({ checkResult: { [name]: canAsk } }),
    };
    const invoke = (...[api, request, then]: [string, unknown, (answer: object) => void]): void => {
      asked.push([api, request]);
      if (told !== null) answers.push(() => then({ err_msg: `${name}:${told}` }));
    };
    const querySelector = (selector: string): unknown => (selector === '[data-confirm]' ? button : said);
    let timer: (() => void) | null = null;
    const timers = {
      setTimeout: (then: () => void) => void (timer = then),
      clearTimeout: () => void (timer = null),
    };
    const world = {
      document: { querySelector },
      WeixinJSBridge: { invoke },
      ...(hasSdk && { wx }),
      ...timers,
    };
    runInNewContext(script, world);
    click();
    click();
    for (const answer of answers) answer();
    // Time passes; whoever still waits gives up.
    (timer as (() => void) | null)?.();
    return { page, asked, said, ...phone };
  }

  test('asks WeChat once, with the shop’s number, the account and the package, from a page it has proved', async () => {
    const { page, asked, said, configured, isRemoved } = await press({});
    const { config, request } = confirmIn(page);
    expect(asked).toEqual([['requestMerchantTransfer', request]]);
    expect(configured).toEqual({ ...config, debug: false, jsApiList: ['requestMerchantTransfer'] });
    expect([isRemoved, said.className, said.textContent]).toEqual([
      true,
      'note good',
      '已经交给微信，是否到账以微信的通知为准。',
    ]);
  });

  test.each<[string, Phone, string, number]>([
    ['a member who thinks better of it', { told: 'cancel' }, '还没有确认，您可以再点一次。', 1],
    ['a WeChat that fails', { told: 'fail' }, '没有办成，请再点一次；还是不行，请联系店员。', 1],
    [
      'a WeChat that is too old',
      { canAsk: false },
      '这个微信还不能确认收款，请用手机打开，并把微信更新到最新版。',
      0,
    ],
    [
      'a WeChat that never opens its bridge',
      { isReady: false },
      '微信没有回应。请用手机微信打开这一页，刷新后再试；还是不行，请联系店员。',
      0,
    ],
    [
      'a WeChat that never says how it ended',
      { told: null },
      '还没有等到微信的回应。已经确认过的，以微信的通知为准；没有看到确认的页面，请再点一次。',
      1,
    ],
    [
      'a line that broke before WeChat’s script came',
      { hasSdk: false },
      '网络好像断了一下，请刷新这一页。',
      0,
    ],
  ])('stays for %s', async (_, phone, expected, times) => {
    const { asked, said, isRemoved } = await press(phone);
    expect([said.textContent, asked.length, isRemoved]).toEqual([expected, times, false]);
  });
});
