/** 说清楚: whom a message was for, what a coupon is called, whose form it is, and what was done, wherever the office reads it. */
import { beforeEach, describe, expect, test } from 'vitest';
import { campaign, line, sale, template } from '../../support/builders.ts';
import { queue } from '../../support/outbox.ts';
import { guide } from '../../support/scenes.ts';
import { memberRows } from '../../support/shop.ts';
import { words } from '../support.ts';
import { employ, openConsole, signInAs, type Console } from './support.ts';

const li = { externalId: 'L', phone: '13912345487', name: '李女士' };
const milkOnly = { include: [{ kind: 'sku', ids: ['milk'] }], exclude: [] };
const giving = {
  associates: [guide('g7', '小王')],
  templates: [
    template('ten', { name: '奶粉十元券', scope: milkOnly }),
    template('later', { name: '下周的券', validity: { relative: { afterDays: 7, forDays: 30 } } }),
  ],
  campaigns: [
    campaign('gives', {
      name: '满额送券',
      conditions: [],
      rewards: [
        { kind: 'coupon', templateId: 'ten', count: 1 },
        { kind: 'coupon', templateId: 'later', count: 1 },
      ],
    }),
  ],
};

let opened: Console;
let own: string;
beforeEach(async () => {
  opened = await openConsole(giving);
  await opened.shop.tell(
    sale({ orderNo: '8005-1', member: li, lines: [line({ sku: 'milk', name: '二段奶粉' })] }),
  );
  own = `/console/members/${String(memberRows(opened.shop.db)[0]?.id)}`;
});
const see = async (path: string, by = opened.owner): Promise<string> => words(await by.get(path));

describe('a member’s page', () => {
  test('calls her coupons by name, and counts as usable only what its time has come for', async () => {
    const page = await see(own);
    expect(page).toMatch(/得到一张奶粉十元券（\w+）/);
    expect(page).toContain('能用的券 1 张 · 另有 1 张没到时间');
  });

  test('leads to forms that say whose they are', async () => {
    expect(await see(`${own}/points`)).toContain(' · 李女士');
    const form = { delta: 'x', reason: '' };
    expect(words(await opened.send(`${own}/points`, form))).toContain(' · 李女士');
  });

  test('before she is forgotten says everything that is lost', async () => {
    expect(await see(`${own}/forget`)).toMatch(
      /注销李女士（139\*{4}5487）.*储值 0 元、预付 0 元，连同手里的券和套餐/,
    );
  });
});

describe('“她的券用不了”', () => {
  const look = async (code: string, by = opened.owner): Promise<string | null> =>
    (await opened.send('/console/find-coupon', { code }, by)).location;

  test('her phone, or how it ends, leads to her coupons; a name of nobody says what else to try', async () => {
    for (const code of ['13912345487', '139 1234 5487', '5487'])
      expect(await look(code)).toBe(`${own}/coupons`);
    const nobody = await opened.send('/console/find-coupon', { code: '13900000000' });
    expect([nobody.status, words(nobody)]).toEqual([
      404,
      expect.stringContaining('没有券码，就输顾客的手机号'),
    ]);
    await opened.shop.tell(sale({ orderNo: '8005-2', member: { phone: '13811115487', name: '王女士' } }));
    expect(await look('5487')).toBe('/console/members?q=5487');
  });

  test('a manager of another store is led to nobody', async () => {
    const manager = await signInAs(opened, await employ(opened, 'manager', { storeIds: ['8099'] }));
    expect(await look('13912345487', manager)).toBeNull();
  });

  test('the goods that it is for stand by name on its page, on its kind, and at the counter', async () => {
    const [, coupon = ''] =
      /href="(\/console\/members\/[^"]+\/coupons\/[^"]+)">奶粉十元券/.exec(
        (await opened.owner.get(own)).text,
      ) ?? [];
    expect(await see(coupon)).toContain('只能用在：二段奶粉');
    expect(await see('/console/coupons/ten')).toContain('只能用在：二段奶粉');
    const cashier = await signInAs(opened, await employ(opened, 'cashier', { storeIds: ['8005'] }));
    const desk = await opened.send('/console/redeem', { act: 'look', code: '5487' }, cashier);
    expect(words(desk)).toContain('只能用在：二段奶粉');
  });
});

test('a definition’s page is headed by its own name', async () => {
  expect((await opened.owner.get('/console/campaigns/gives')).text).toContain('<h1>满额送券</h1>');
});

test('a new keyword matches a sentence that holds it, unless somebody chooses otherwise', async () => {
  const page = await opened.send('/console/settings/replies', { '~act': 'add:wechat.keywords' });
  expect(page.text).toMatch(/<select id="wechat\.keywords\[\d\]\.match"[^>]*><option value="contains"/);
});

test('what was sent names whom it was for, and to a manager of another store nobody', async () => {
  const memberId = own.split('/').at(-1) ?? '';
  queue(opened.shop, { kind: 'text', payload: { text: '到货了' }, memberId });
  queue(opened.shop, { kind: 'chat-associate', payload: {}, memberId, associateId: 'g7' });
  const page = await see('/console/messages');
  expect(page).toMatch(/活动消息 李女士 /);
  expect(page).toMatch(/导购 小王 ?，说的是 ?李女士/);
  const manager = await signInAs(opened, await employ(opened, 'manager', { storeIds: ['8099'] }));
  const theirs = await see('/console/messages', manager);
  expect(theirs).toContain('别店的或已注销的会员');
  expect(theirs).not.toContain('李女士');
});
