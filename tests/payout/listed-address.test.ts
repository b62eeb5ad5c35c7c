/** 接口IP: a transfer that WeChat Pay refuses for our address, or for coming too often, waits until it is taken. */
import { beforeEach, describe, expect, test } from 'vitest';
import { isUnlisted } from '../../workers/payout/refusals.ts';
import { addressIn } from '../../workers/platform/address.ts';
import { balanceOf } from '../support/shop.ts';
import { hourMs, member, minuteMs, openPayShop, type PayShop } from '../support/payout.ts';

let here: PayShop;
beforeEach(async () => {
  here = await openPayShop();
  await member(here, 'M1', 5_000);
  await here.withdraw('M1', 2_000);
});

const words = '此IP地址不允许调用该接口';
const unlisted = { refuse: 'INVALID_REQUEST', status: 400, words };
const standing = () => ({
  states: here.rows().map(({ state }) => state),
  wallet: balanceOf(here.shop.db, 'ext:pos:M1', 'wallet'),
  calledOff: here.rows().map(({ cancelReason }) => cancelReason),
});
const waiting = { states: ['asked'], wallet: 3_000, calledOff: [null] };
const alerts = () => here.shop.db.all(`SELECT kind, text FROM alerts`);

/** So many rounds, one every half hour. */
async function forHours(hours: number, payer = here.payer): Promise<void> {
  for (let halves = 0; halves < 2 * hours; halves += 1) {
    here.later(30 * minuteMs);
    await here.round(payer);
  }
}

describe('an address that WeChat Pay has not on its list', () => {
  test('holds 20.00 back as long as it takes, and the first round after it was listed pays them under the same number', async () => {
    here.pay.mischief = ({ kind }) => (kind === 'create' ? unlisted : null);
    await forHours(30);
    expect(here.rows()[0]?.attempts).toBeGreaterThan(8);
    expect([standing(), here.rows()[0]?.lastError]).toEqual([waiting, `INVALID_REQUEST ${words}`]);
    here.pay.mischief = () => null;
    await forHours(1);
    expect([standing().states, [...here.pay.bills.keys()]]).toEqual([
      ['waiting'],
      [here.rows()[0]?.outBillNo],
    ]);
  });

  test('also when every call is refused: nobody knows then, and nothing comes back', async () => {
    here.pay.mischief = () => unlisted;
    await forHours(30);
    expect(standing()).toEqual(waiting);
    here.pay.mischief = () => null;
    await forHours(1);
    expect([standing().states, here.pay.bills.size]).toEqual([['waiting'], 1]);
  });

  test('is told with the relay whose address has to be listed, once a day, whatever call met it', async () => {
    const payer = { ...here.payer, relay: 'relay.example.com' };
    here.pay.mischief = () => unlisted;
    await here.round(payer);
    await forHours(2, payer);
    expect(alerts()).toEqual([
      {
        kind: 'address.unlisted',
        text: '转账发不出去：调用微信支付的地址（中转 relay.example.com）不在商户平台「产品中心 → 商家转账 → 接口IP」里。请把中转的公网IP加进去，中转有IPv6地址的，IPv6也要加。加好后系统会自动继续发放，在那以前钱不会丢，也不会重复付款。',
      },
    ]);
    await forHours(24, payer);
    expect(alerts().map(({ kind }) => kind)).toEqual(['address.unlisted', 'address.unlisted']);
  });

  test('is told by its number where WeChat Pay names it, and without a relay the shop is sent to set one up', async () => {
    const named = { ...unlisted, words: `${words}，请求IP：2001:db8::9` };
    here.pay.mischief = () => named;
    await here.round({ ...here.payer, relay: 'relay.example.com' });
    expect(alerts()[0]?.text).toContain('请把2001:db8::9加进去');
    here.pay.mischief = () => unlisted;
    await forHours(1);
    expect(alerts()[1]?.text).toContain('请照 docs/wechat-setup.md 第 12 步让转账经由中转');
  });
});

test.each(['FREQUENCY_LIMITED', 'FREQUENCY_LIMIT_EXCEED', 'RATELIMIT_EXCEEDED', 'ANOTHER_WORD_FOR_IT'])(
  '%s is waited for: after twelve refusals the 20.00 still go out',
  async (refuse) => {
    here.pay.mischief = ({ kind }) => (kind === 'create' ? { refuse, status: 429 } : null);
    await forHours(6);
    expect([standing(), alerts()]).toEqual([waiting, []]);
    here.pay.mischief = () => null;
    await forHours(1);
    expect(standing().states).toEqual(['waiting']);
  },
);

test('FREQUENCY_LIMIT_EXCEED while asking or calling back loses and doubles nothing', async () => {
  const tooOften = { refuse: 'FREQUENCY_LIMIT_EXCEED', status: 429 };
  await here.round();
  here.shop.db.all(`UPDATE transfers SET cancel_asked_at = 1, cancel_reason = 'asked', due_at = 0`);
  here.pay.mischief = ({ kind }) => (kind === 'create' ? null : tooOften);
  await forHours(2);
  expect(standing()).toMatchObject({ states: ['waiting'], wallet: 3_000 });
  here.pay.mischief = () => null;
  await forHours(1);
  here.pay.finishCancel(here.rows()[0]?.outBillNo ?? '');
  await forHours(1);
  expect(standing()).toMatchObject({ states: ['cancelled'], wallet: 5_000 });
});

test('a refusal is known by its words to be about our address, and others of the same code are not', () => {
  const about = [words, '此IP不在白名单', '当前IP无权限调用', 'IP地址未配置，请前往商户平台配置接口IP'];
  expect(about.map((each) => isUnlisted(each))).toEqual(about.map(() => true));
  const others = [
    '商户号和appid没有绑定关系',
    '未获得该转账场景的使用权限',
    '单号已存在但信息不一致，请查单后比较确认',
    'RECIPIENT 不允许收款',
  ];
  expect(others.map((each) => isUnlisted(each))).toEqual(others.map(() => false));
});

test.each([
  [`${words} 203.0.113.9`, '203.0.113.9'],
  ['此IP地址(2001:db8:0:1::9)不允许调用该接口', '2001:db8:0:1::9'],
  ['IP: ::ffff:203.0.113.9 不允许', '::ffff:203.0.113.9'],
  [words, null],
  ['2026-11-30 12:30:45 此IP地址不允许调用该接口', null],
])('of “%s” the address to list is %s', (said, address) => {
  expect(addressIn(said)).toBe(address);
});

test('a shop that waits an hour asks seldom: no more often than every half minute, and at most some twenty times', async () => {
  here.pay.mischief = () => unlisted;
  for (let half = 0; half < 120; half += 1) {
    here.later(minuteMs / 2);
    await here.round();
  }
  expect(here.pay.calls.length).toBeLessThan(25);
  expect(here.shop.clock.now).toBeGreaterThan(hourMs);
});
