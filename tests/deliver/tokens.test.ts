/** access_token: one for everybody, refreshed by one. */
import { describe, expect, test, vi } from 'vitest';
import { tokens, wechatAccount, wecomAccount } from '../../workers/deliver/account/tokens.ts';
import { openShop } from '../support/shop.ts';
import { stopTimers } from '../support/timers.ts';
import { account, app, playWechat, type Call, type Reply, type Wechat } from '../support/wechat.ts';

const ofWechat = ({ client }: Wechat) => wechatAccount(client, account);
const ofWecom = ({ wecom }: Wechat) => wecomAccount(wecom, app);

async function senders(
  count: number,
  answer?: (call: Call) => Reply | Promise<Reply> | undefined,
  accountOf: typeof ofWechat = ofWechat,
) {
  const { db } = await openShop();
  const clock = { now: 1_795_330_800_000 };
  const wechat = playWechat(answer);
  // Isolates know nothing of each other but the database.
  const all = Array.from({ length: count }, () =>
    tokens({ db, account: accountOf(wechat), clock: () => clock.now }),
  );
  const [one] = all;
  if (!one) throw new Error('no senders');
  return {
    all,
    one,
    clock,
    wechat,
    stored: () => db.all(`SELECT token, expires_at, refreshing_until FROM wechat_tokens`),
  };
}

describe('100 senders that want a token at once', () => {
  test('get the same one, fetched once', async () => {
    const { all, wechat } = await senders(100);
    const got = await Promise.all(all.map(({ token }) => token(null)));
    expect(new Set(got.map((one) => JSON.stringify(one)))).toEqual(new Set(['{"token":"token-1"}']));
    expect(wechat.calls.length).toBe(1);
  });

  test('whose token was refused get one new token, forced out once', async () => {
    // WeChat gives the old token again until it is forced to make another.
    const answer = ({ path, body }: Call): Reply | undefined =>
      path === '/cgi-bin/stable_token' && body['force_refresh'] === false
        ? { access_token: 'old', expires_in: 7200 }
        : undefined;
    const { all, one, wechat } = await senders(100, answer);
    expect(await one.token(null)).toEqual({ token: 'old' });
    wechat.calls.length = 0;
    const got = await Promise.all(all.map(({ token }) => token('old')));
    expect(new Set(got.map((each) => JSON.stringify(each)))).toEqual(new Set(['{"token":"token-1"}']));
    expect(wechat.calls.map(({ body }) => body['force_refresh'])).toEqual([false, true]);
  });
});

test('a token that somebody has replaced in the meantime is not replaced again', async () => {
  const { one, wechat } = await senders(1);
  await one.token(null);
  const second = await one.token('token-1');
  expect(second).toEqual({ token: 'token-2' });
  // A sender that was slow, and failed with the first.
  expect(await one.token('token-1')).toEqual({ token: 'token-2' });
  expect(wechat.calls.length).toBe(2);
});

test('a token is used until five minutes before its end', async () => {
  const { one, clock, wechat } = await senders(1);
  await one.token(null);
  clock.now += 7_200_000 - 5 * 60_000 - 1;
  expect(await one.token(null)).toEqual({ token: 'token-1' });
  clock.now += 1;
  expect(await one.token(null)).toEqual({ token: 'token-2' });
  expect(wechat.calls.length).toBe(2);
});

test('when WeChat gives none, the reason is told and the next one may try at once', async () => {
  let isDown = true;
  const { one, stored } = await senders(1, () =>
    isDown ? { errcode: 40125, errmsg: 'invalid appsecret' } : undefined,
  );
  expect(await one.token(null)).toEqual({
    why: 'access_token: 40125 invalid appsecret',
    refusal: { errcode: 40125, errmsg: 'invalid appsecret', rid: null, token: null },
  });
  expect(stored()).toEqual([{ token: null, expires_at: 0, refreshing_until: 0 }]);
  isDown = false;
  expect(await one.token(null)).toEqual({ token: 'token-1' });
});

test('a refresher that died leaves the field free after twenty seconds', async () => {
  const { db } = await openShop();
  const clock = { now: 1_795_330_800_000 };
  const wechat = playWechat();
  db.all(`INSERT INTO wechat_tokens VALUES (?, NULL, 0, ?)`, account.appId, clock.now + 20_000);
  const timers = stopTimers();
  const asked = db.counts.batches;
  const waiting = tokens({ db, account: ofWechat(wechat), clock: () => clock.now }).token(null);
  // It looks, finds the field claimed, and sets a timer.
  while (vi.getTimerCount() === 0) await new Promise((resolve) => setImmediate(resolve));
  expect([db.counts.batches > asked, wechat.calls.length]).toEqual([true, 0]);
  clock.now += 20_000;
  await timers.pass(1_000);
  expect(await waiting).toEqual({ token: 'token-1' });
});

test('a refresher that was slower than its claim does not overwrite what came after it', async () => {
  const slow = Promise.withResolvers<Reply>();
  let isFirst = true;
  const { all, clock, stored } = await senders(2, () => {
    if (!isFirst) return undefined;
    isFirst = false;
    return slow.promise;
  });
  const late = all[0]?.token(null);
  while (isFirst) await new Promise((resolve) => setImmediate(resolve));
  clock.now += 20_000;
  expect(await all[1]?.token(null)).toEqual({ token: 'token-1' });
  slow.resolve({ access_token: 'late', expires_in: 7200 });
  expect(await late).toEqual({ token: 'late' });
  expect(stored()).toMatchObject([{ token: 'token-1', refreshing_until: 0 }]);
});

describe('企业微信', () => {
  test('100 senders at once get the same token, fetched once', async () => {
    const { all, wechat } = await senders(100, undefined, ofWecom);
    const got = await Promise.all(all.map(({ token }) => token(null)));
    expect(new Set(got.map((one) => JSON.stringify(one)))).toEqual(new Set(['{"token":"token-1"}']));
    expect(wechat.calls.map(({ path }) => path)).toEqual(['/cgi-bin/gettoken']);
  });

  test('100 senders whose token was refused ask once more, and nobody replaces what was replaced', async () => {
    const { all, one, wechat } = await senders(100, undefined, ofWecom);
    await one.token(null);
    wechat.calls.length = 0;
    const got = await Promise.all(all.map(({ token }) => token('token-1')));
    expect(new Set(got.map((each) => JSON.stringify(each)))).toEqual(new Set(['{"token":"token-2"}']));
    expect(await one.token('token-1')).toEqual({ token: 'token-2' });
    expect(wechat.calls).toHaveLength(1);
  });

  test('which gives the same token again has no better one', async () => {
    const same = () => ({ errcode: 0, errmsg: 'ok', access_token: 'same', expires_in: 7200 });
    const { one } = await senders(1, same, ofWecom);
    expect(await one.token(null)).toEqual({ token: 'same' });
    expect(await one.token('same')).toEqual({ why: 'access_token: 仍返回已失效的令牌', refusal: null });
  });

  test('and the 公众号 keep their tokens apart', async () => {
    const { db } = await openShop();
    const [wechat, wecom] = [playWechat(), playWechat(() => ({ access_token: 'corp', expires_in: 7200 }))];
    const clock = () => 1_795_330_800_000;
    await tokens({ db, account: ofWechat(wechat), clock }).token(null);
    await tokens({ db, account: ofWecom(wecom), clock }).token(null);
    expect(db.all(`SELECT app_id, token FROM wechat_tokens ORDER BY app_id`)).toEqual([
      { app_id: 'ww5823bf96d3bd56c7/1000002', token: 'corp' },
      { app_id: 'wx5823bf96d3bd56c7', token: 'token-1' },
    ]);
  });
});
