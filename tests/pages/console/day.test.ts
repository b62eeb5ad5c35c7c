/** 老板的一天: the jobs of the first day, by forms alone, over a real shop. */
import { describe, expect, test } from 'vitest';
import { line, refund, sale } from '../../support/builders.ts';
import { inboxRows } from '../../support/shop.ts';
import { tokenIn, words } from '../support.ts';
import { employ, openConsole, signInAs, type Console } from './support.ts';

const coupon = {
  kind: 'cash',
  valueFen: '10',
  name: '满100减10',
  minSpendFen: '100',
  'validity.~shape': 'relative',
  'validity.relative.afterDays': '0',
  'validity.relative.forDays': '30',
};
const campaign = (templateId: string) => ({
  name: '满188送券',
  trigger: 'sale.completed',
  status: 'active',
  'conditions~count': '1',
  'conditions[0].kind': 'spend',
  'conditions[0].scope': 'order',
  'conditions[0].measure': 'amount',
  'conditions[0].atLeast': '188',
  repeat: 'once',
  pick: 'best',
  'rewards~count': '1',
  'rewards[0].kind': 'coupon',
  'rewards[0].templateId': templateId,
  'rewards[0].count': '1',
});

async function withCampaign(): Promise<Console & { id: string }> {
  const opened = await openConsole();
  expect((await opened.send('/console/coupons/new', coupon)).location).toBe('/console/coupons?said=created');
  const templateId = String(opened.shop.db.all(`SELECT id FROM coupon_templates`)[0]?.['id']);
  expect((await opened.send('/console/campaigns/new', campaign(templateId))).location).toBe(
    '/console/campaigns?said=created',
  );
  const id = String(opened.shop.db.all(`SELECT id FROM campaigns`)[0]?.['id']);
  // A minute later the first customer comes.
  opened.shop.clock.now += 60_000;
  return { ...opened, id };
}

/** As the till’s clock on the wall shows it. */
const localOf = (ms: number): string =>
  new Date(ms + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

const purchase = (given: object = {}) =>
  sale({ orderNo: 'A1', member: { phone: '13912345487', name: '周女士' }, ...given });

describe('a coupon and a campaign made by form', () => {
  test('are hit by the till’s next sale of 188 yuan, and the member’s page shows the coupon', async () => {
    const { shop, owner } = await withCampaign();
    await shop.tell(
      purchase({ at: localOf(shop.clock.now), paidFen: 20_000, lines: [line({ amountFen: 20_000 })] }),
    );
    const found = await owner.get('/console/members?q=13912345487');
    const [, memberId = ''] = /\/console\/members\/(m_[^"]+)/.exec(found.text) ?? [];
    const profile = await owner.get(`/console/members/${memberId}`);
    expect(words(profile)).toContain('满100减10');
  });

  test('the preview says what 188 yuan bring and what 187 lack, and writes nothing', async () => {
    const { send, id, shop } = await withCampaign();
    await shop.tell(sale({ orderNo: 'first' }));
    const before = JSON.stringify(shop.db.all(`SELECT * FROM coupons`));
    const hit = words(await send(`/console/campaigns/${id}/preview`, { yuan: '188', pieces: '1' }));
    expect(hit).toContain('1 张券');
    const missed = words(await send(`/console/campaigns/${id}/preview`, { yuan: '187', pieces: '1' }));
    expect(missed).toContain('没有买满：要 188 元，现在 187 元');
    expect(JSON.stringify(shop.db.all(`SELECT * FROM coupons`))).toBe(before);
  });

  test('a form with a fault is shown again with what was typed, and the fault at its field', async () => {
    const { send, shop } = await openConsole();
    const answer = await send('/console/coupons/new', { ...coupon, valueFen: '十元', name: '' });
    expect(answer.status).toBe(422);
    expect(words(answer)).toContain('还有 2 处要改');
    expect(answer.text).toContain('value="十元"');
    expect(shop.db.all(`SELECT 1 FROM coupon_templates`)).toEqual([]);
  });

  test('a list grows and shrinks without saving anything', async () => {
    const { send, shop } = await openConsole();
    const grown = await send('/console/campaigns/new', { ...campaign('t'), '~act': 'add:rewards' });
    expect(grown.text).toContain('rewards[1].kind');
    const shrunk = await send('/console/campaigns/new', { ...campaign('t'), '~act': 'drop:conditions[0]' });
    expect(shrunk.text).not.toContain('conditions[0].kind');
    expect(shop.db.all(`SELECT 1 FROM campaigns`)).toEqual([]);
  });

  test('every change stands in the audit with its author, before and after', async () => {
    const { shop, send, id, owner } = await withCampaign();
    const page = await owner.get(`/console/campaigns/${id}`);
    const templateId = String(shop.db.all(`SELECT id FROM coupon_templates`)[0]?.['id']);
    await send(`/console/campaigns/${id}`, {
      ...campaign(templateId),
      status: 'paused',
      token: tokenIn(page),
    });
    const [last] = shop.db.all(
      `SELECT act, by, before ->> 'status' AS was, after ->> 'status' AS is_now FROM audit_rows ORDER BY seq DESC`,
    );
    expect(last).toEqual({ act: 'campaign.change', by: '陈老板', was: 'active', is_now: 'paused' });
    expect(words(await owner.get('/console/audit'))).toContain('修改活动');
  });
});

describe('an event', () => {
  test('昨天 8005-372 那单为什么没积分: it is found by its number, says why, and is replayed', async () => {
    const { shop, owner, send } = await openConsole();
    await shop.tell(refund({ orderNo: '8005-372', refundNo: 'R1' }));
    const list = await owner.get('/console/events?order=8005-372');
    expect(words(list)).toContain('等销售单');
    const [, id = ''] = /\/console\/events\/(ev_[A-Za-z0-9%]+)/.exec(list.text) ?? [];
    expect(words(await owner.get(`/console/events/${id}`))).toContain('它对应的销售单');
    expect((await send(`/console/events/${id}/replay`, {})).location).toBe(
      `/console/events/${id}?said=replayed`,
    );
    expect(inboxRows(shop.db)).toMatchObject([{ state: 'received' }]);
  });

  test('shows no phone and no name to whoever connects the till', async () => {
    const pages = await openConsole();
    await pages.shop.tell(purchase());
    const integrator = await signInAs(pages, await employ(pages, 'integrator'));
    const list = await integrator.get('/console/events');
    const [, id = ''] = /\/console\/events\/(ev_[A-Za-z0-9%]+)/.exec(list.text) ?? [];
    const { text } = await integrator.get(`/console/events/${id}`);
    expect(text).not.toContain('13912345487');
    expect(text).not.toContain('周女士');
  });
});

describe('a member', () => {
  async function withMember() {
    const opened = await openConsole();
    await opened.shop.tell(purchase());
    const [member] = opened.shop.db.all(`SELECT id, store_id FROM members`);
    return { ...opened, id: String(member?.['id']), storeId: String(member?.['store_id']) };
  }

  test('gets 30 points for a sale that was never told, once however often the form is sent, and the ledger adds up', async () => {
    const { id, owner, send, shop } = await withMember();
    const before = Number(
      shop.db.all(`SELECT sum(delta) AS n FROM ledger WHERE account = 'points'`)[0]?.['n'],
    );
    const page = await owner.get(`/console/members/${id}/points`);
    const [, key = ''] = /name="key" value="([^"]+)"/.exec(page.text) ?? [];
    const fields = { way: 'add', points: '30', reason: '8005-372 漏报', key };
    await send(`/console/members/${id}/points`, fields);
    await send(`/console/members/${id}/points`, fields);
    const now = Number(shop.db.all(`SELECT sum(delta) AS n FROM ledger WHERE account = 'points'`)[0]?.['n']);
    expect(now).toBe(before + 30);
    expect(words(await owner.get(`/console/members/${id}/ledger/points`))).toContain('手工调整');
    expect(words(await owner.get(`/console/members/${id}`))).toContain(`积分 ${now}`);
  });

  test('cannot be left with less than nothing: the refusal says what there is and what was asked', async () => {
    const { id, send } = await withMember();
    const answer = await send(`/console/members/${id}/points`, {
      way: 'take',
      points: '99999',
      reason: '试试',
    });
    expect([answer.status, words(answer)]).toEqual([
      409,
      expect.stringMatching(/不够减：现在只有 \d+ 分，要减 99999 分/),
    ]);
  });

  test('of another store is not there for its manager, and her phone is masked for a cashier', async () => {
    const { id, storeId, ...pages } = await withMember();
    const stranger = await signInAs(pages, await employ(pages, 'manager', { storeIds: ['elsewhere'] }));
    expect((await stranger.get(`/console/members/${id}`)).status).toBe(404);
    expect((await stranger.get('/console/members?q=13912345487')).text).not.toContain(id);
    expect(
      (
        await pages.send(
          `/console/members/${id}/points`,
          { way: 'add', points: '1', reason: '试试' },
          stranger,
        )
      ).status,
    ).toBe(404);
    const own = await signInAs(pages, await employ(pages, 'manager', { storeIds: [storeId] }));
    expect((await own.get(`/console/members/${id}`)).status).toBe(200);
    const cashier = await signInAs(pages, await employ(pages, 'cashier'));
    const shown = await cashier.get(`/console/members/${id}`);
    expect(shown.text).toContain('139****5487');
    expect(shown.text).not.toContain('13912345487');
  });

  test('is forgotten after being asked about in numbers, and nobody finds her any more', async () => {
    const { id, owner, send, shop } = await withMember();
    const ask = await owner.get(`/console/members/${id}/forget`);
    expect(words(ask)).toMatch(/现在还有 \d+ 积分/);
    const [, key = ''] = /name="key" value="([^"]+)"/.exec(ask.text) ?? [];
    await send(`/console/members/${id}/forget`, { sure: 'yes', key });
    expect((await owner.get(`/console/members/${id}`)).status).toBe(404);
    expect(shop.db.all(`SELECT name, phone FROM members`)).toEqual([{ name: null, phone: null }]);
  });

  test('is found by the last four digits and by part of her name', async () => {
    const { id, owner } = await withMember();
    for (const q of ['5487', '周', id])
      expect((await owner.get(`/console/members?q=${encodeURIComponent(q)}`)).text).toContain(id);
    expect((await owner.get('/console/members?q=nobody')).text).not.toContain(id);
  });
});

test('markup in every free text is shown as text', async () => {
  const evil = `<script>alert(1)</script>"'`;
  const { owner, send, shop } = await openConsole();
  await send('/console/coupons/new', { ...coupon, name: evil });
  await send('/console/stores/new', { id: '8005', name: evil, timezone: 'Asia/Shanghai' });
  await send('/console/associates/new', { id: 'g7', name: evil });
  await send('/console/settings', {
    shopName: evil,
    trade: 'maternity',
    publicUrl: '',
    takeBack: 'within_balance',
  });
  await shop.tell(purchase({ member: { phone: '13912345487', name: evil } }));
  for (const path of [
    '/console/',
    '/console/coupons',
    '/console/stores',
    '/console/associates',
    '/console/members',
    '/console/settings',
    '/console/audit',
    `/console/members?q=${encodeURIComponent(evil)}`,
  ]) {
    const { text, status } = await owner.get(path);
    expect([path, status, text.includes('<script>alert')]).toEqual([path, 200, false]);
  }
});

describe('points that end, and that wait', () => {
  test('are set by form; the member’s numbers open into lots and postings', async () => {
    const { shop, owner, send } = await openConsole();
    const rules = {
      'points.expiry.mode': 'next-year-end',
      'points.pendingDays': '7',
      'points.backDays': '30',
      'points.noticeDays': '7',
    };
    expect((await send('/console/settings/points', rules)).location).toBe(
      '/console/settings/points?said=saved',
    );
    shop.clock.now += 60_000;
    await shop.tell(
      purchase({ at: localOf(shop.clock.now), paidFen: 20_000, lines: [line({ amountFen: 20_000 })] }),
    );
    const id = String(shop.db.all(`SELECT id FROM members`)[0]?.['id']);
    expect(words(await owner.get(`/console/members/${id}`))).toContain('待到账积分 200');
    const rows = words(await owner.get(`/console/members/${id}/ledger/points`));
    expect(rows).toContain('能用 0，待到账 200');
    const year = Number(localOf(shop.clock.now).slice(0, 4)) + 1;
    expect(rows).toContain(`${String(year)}-12-31`);
    expect(rows).toContain('消费');
  });
});
