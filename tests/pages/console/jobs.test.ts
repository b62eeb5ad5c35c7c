/** 老板的十二件事: what the owner of a shop wants done in a week, by clicks alone, each answered by what her screen says. */
import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { openBrowser } from '../../support/browser.ts';
import { line, sale, type SaleGiven } from '../../support/builders.ts';
import { forget, newStateDir, startHuike, type Running } from '../../support/running.ts';
import { signedRequest } from '../../support/shop.ts';
import { until } from '../../support/until.ts';

const stateDir = newStateDir();
let huike: Running;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  huike = await startHuike(stateDir);
  browser = await openBrowser();
  page = await newPage();
  const [link = ''] = /\/console\/enter\/\w+/.exec(huike.output()) ?? [];
  await page.goto(huike.url + link);
  await page.getByLabel('您的称呼').fill('刘姐');
  await page.getByRole('button', { name: '开始' }).click();
  await page.getByRole('heading', { name: '今天', exact: true }).waitFor();
});
afterAll(async () => {
  await browser.close();
  await huike.stop();
  forget(stateDir);
});

async function newPage(viewport = { width: 1280, height: 860 }): Promise<Page> {
  const context: BrowserContext = await browser.newContext({ viewport, locale: 'zh-CN' });
  context.setDefaultTimeout(60_000);
  return context.newPage();
}

const Credentials = z.object({ erp: z.object({ secret: z.string() }) });
/** As the till would tell it now. */
async function sell(given: SaleGiven): Promise<void> {
  const { erp } = Credentials.parse(await (await fetch(`${huike.url}/sandbox/api/credentials`)).json());
  const text = JSON.stringify({ ...sale(given), occurredAt: new Date().toISOString() });
  const { headers } = signedRequest(text, Date.now(), { secret: erp.secret, id: crypto.randomUUID() });
  const answer = await fetch(`${huike.url}/hooks/erp/till`, { method: 'POST', headers, body: text });
  expect(answer.status).toBe(202);
}
const milk = (amountFen = 19_800) =>
  line({ sku: '6901235', name: '牧童A2奶粉2段', categoryIds: ['01', '0101'], amountFen });

const room = (name: string, at = page): Promise<void> =>
  at.locator('nav:visible').getByRole('link', { name, exact: true }).click();
const main = (at = page) => at.locator('main');
const press = (name: string | RegExp): Promise<void> => main().getByRole('button', { name }).first().click();
const follow = (name: string | RegExp): Promise<void> =>
  main()
    .getByRole('link', typeof name === 'string' ? { name, exact: true } : { name })
    .first()
    .click();
const pick = (label: string, option: string): Promise<unknown> =>
  main().getByLabel(label, { exact: true }).last().selectOption({ label: option });
const says = (text: string | RegExp, at = page): Promise<void> => main(at).getByText(text).first().waitFor();
async function memberNamed(name: string): Promise<void> {
  await room('会员');
  await follow(name);
}

test('1 给买过奶粉的会员发一张 10 元券', async () => {
  await sell({ orderNo: 'J-1', member: { phone: '13800138002', name: '周婷' }, lines: [milk()] });
  await sell({ orderNo: 'J-2', member: { phone: '13912345487', name: '陈小满' }, lines: [milk()] });
  await room('券');
  await follow('新建券');
  await page.getByLabel('面值').fill('10');
  await page.getByLabel('券名').fill('10元券');
  await press('新建券');
  await follow('10元券');
  await follow('发给一群会员');
  await pick('哪一类', '奶粉');
  await pick('发哪一张券', '10元券');
  await page.getByLabel('原因').fill('奶粉会员回馈');
  await press('看看有多少人');
  await press('确认，发给 2 人');
  await says('发完了');
  await follow('周婷');
  await says(/^得到一张10元券（/);
});

test('2 昨天 8005-372 那单为什么没积分', async () => {
  await sell({ orderNo: '8005-372', member: null, lines: [milk()] });
  await until(async () => {
    await room('今天');
    await page.getByLabel('查一笔单').fill('8005-37');
    await main().getByRole('button', { name: '查找' }).last().click();
    return (await main().getByText('这一单没有记会员').count()) > 0;
  }, 60_000);
  await says('牧童A2奶粉2段');
});

test('3 小王离职了，她的会员交给小李', async () => {
  await room('导购');
  await follow('林小雨');
  await follow('离职');
  await says(/林小雨名下有 \d+ 位会员/);
  await pick('谁接手', '陈美娟');
  await press('确认离职');
  await says(/会员已交接完/);
});

test('4 这周谁的奶粉快喝完了', async () => {
  await room('这周该提醒谁');
  await main()
    .getByRole('row')
    .filter({ hasText: '周婷' })
    .getByText(/大约 .* 用完/)
    .waitFor();
  // The room that one is in stands within what is seen of a long navigation.
  const here = page.locator('.wide [aria-current=page]');
  const box = await here.boundingBox();
  expect(box && box.y >= 0 && box.y + box.height <= 860).toBe(true);
});

test('5 顾客说她的券用不了，查是为什么', async () => {
  await room('查券');
  await page.getByLabel('券码、手机号或手机尾号').fill('5487');
  await press('查找');
  await page.getByRole('heading', { name: '陈小满的券' }).waitFor();
  const row = main().getByRole('row').filter({ hasText: '满170减10' });
  await row.getByText('还没到时间').waitFor();
  await follow('亚麻籽油80元券');
  await says(/只能用在：核桃亚麻油/);
});

test('6 昨天的活动设错了，停掉，把没用的券收回来，告诉她们', async () => {
  await room('券');
  await follow('新建券');
  await page.getByLabel('面值').fill('50');
  await page.getByLabel('券名').fill('50元券');
  await press('新建券');
  await room('活动');
  await follow('新建活动');
  await page.getByLabel('活动名称').fill('满100送50');
  await page.getByLabel('至少').fill('100');
  await pick('哪一张券', '50元券');
  await press('新建活动');
  await sell({ orderNo: 'J-6', member: { phone: '18600186004', name: '王雪' }, lines: [milk()] });
  await until(async () => {
    await room('活动');
    await follow('满100送50');
    await page.getByRole('heading', { name: '满100送50' }).waitFor();
    return (await main().getByRole('link', { name: '收回这个活动发出的' }).count()) > 0;
  }, 60_000);
  await follow('收回这个活动发出的');
  // All that there is stands here: nothing leads on to a page of nobody.
  expect(await main().getByRole('link', { name: '下一页' }).count()).toBe(0);
  await page.getByLabel('为什么收回').fill('应该是满 1000');
  await press('下一步');
  await press('确认收回，涉及 1 人');
  await says('已收完');
  await says('已写给 1 人');
});

test('7 两个手机号是同一个人，合并；合错了，撤回来', async () => {
  await sell({ orderNo: 'J-7', member: { phone: '13566667777', name: '周婷婷' }, lines: [milk()] });
  await until(async () => {
    await room('会员');
    return (await main().getByRole('link', { name: '周婷婷' }).count()) > 0;
  }, 60_000);
  await memberNamed('周婷');
  await follow('合并');
  await page.getByLabel('并进来的那位').fill('13566667777');
  await press('找到这位，看一看');
  await says('并完只剩周婷（138****8002），上面两份加在一起');
  await press('确认合并');
  await says('已合并');
  await follow('并错了，拆开');
  await press('确认拆开');
  await says('已拆开，两位各是各的了。');
});

async function hire(name: string, role: string): Promise<Page> {
  await room('人员');
  await follow('新增人员');
  await page.getByLabel('称呼').fill(name);
  await pick('身份', role);
  await page.getByLabel('天河店').check();
  await press('新增');
  const own = await newPage({ width: 360, height: 740 });
  await own.goto(await page.getByLabel('登录链接').inputValue());
  await own.getByRole('button', { name: '登录' }).click();
  await own.getByRole('heading', { name: '今天', exact: true }).waitFor();
  return own;
}

test('8 店长张姐能看她那家店，收银员小陈在柜台核销', async () => {
  const manager = await hire('张姐', '店长');
  await manager.getByLabel('查一笔单').fill('8005-372');
  await main(manager).getByRole('button', { name: '查找' }).last().click();
  await says('这一单没有记会员', manager);
  const cashier = await hire('小陈', '收银员');
  await main(cashier).getByRole('link', { name: '核销' }).click();
  await cashier.getByLabel('券码、套餐码、会员码或手机尾号').fill('5487');
  await cashier.getByLabel(/这单多少元/).fill('100');
  await main(cashier).getByRole('button', { name: '查券' }).click();
  const offer = main(cashier).locator('[data-offer]').filter({ hasText: '10元券' });
  await offer.getByRole('button', { name: '核销这张' }).click();
  await says(/已核销：10元券，减 10 元/, cashier);
  await cashier.locator('summary').first().click();
  expect(await cashier.locator('nav:visible').getByRole('link').allInnerTexts()).toEqual([
    '今天',
    '会员',
    '核销',
    '查一笔单',
    '查券',
  ]);
});

test('9 一位会员要注销', async () => {
  await memberNamed('周婷婷');
  await follow('注销');
  await says(/注销周婷婷（135\*{4}7777）/);
  await says(/储值 0 元.*该退的钱请先退/);
  await press('确认注销');
  await says('已注销，资料已经删掉。');
  expect(await main().getByRole('link', { name: '周婷婷' }).count()).toBe(0);
});

test('10 顾客问“你们几点关门”，回她；以后自动回', async () => {
  const sandbox = await newPage();
  await sandbox.goto(`${huike.url}/sandbox`);
  await sandbox.getByRole('button', { name: '李佳怡' }).click();
  const ask = async (text: string): Promise<void> => {
    await sandbox.getByPlaceholder('发消息').fill(text);
    await sandbox.getByRole('button', { name: '发送' }).click();
  };
  await ask('你们几点关门');
  await until(async () => {
    await room('今天');
    return (await main().getByRole('link', { name: '去回复' }).count()) > 0;
  }, 60_000);
  await follow('去回复');
  await follow('李佳怡');
  await page.getByLabel('回复').fill('晚上 9 点半关门。');
  await press('发送');
  await says('晚上 9 点半关门。');
  await room('聊天');
  await follow('设置自动回复');
  await press('加一个关键词');
  await page.getByLabel('词', { exact: true }).last().fill('几点关门');
  await page.getByLabel('回复', { exact: true }).last().fill('每天 9 点到 21 点半营业。');
  await press('保存');
  await room('聊天');
  await follow('试一试自动回复');
  await page.getByLabel('顾客说').fill('你们几点关门呀');
  await press('看会怎么回');
  await says('关键词自动回复');
  await ask('请问几点关门呀');
  await sandbox.getByText('每天 9 点到 21 点半营业。').waitFor();
  await room('聊天');
  await follow('李佳怡');
  await says(/我们 · 微信自动回复/);
});

test('11 10 次的洗澡套餐，卖给一位会员，用一次，再退掉', async () => {
  await room('套餐');
  await follow('新建套餐');
  await page.getByLabel('名称').fill('洗澡次卡（10 次）');
  await page.getByLabel('项目').fill('洗澡');
  await page.getByLabel('几次').fill('10');
  await page.getByLabel('退的时候一次算多少').fill('30');
  await page.getByLabel('卖多少钱').fill('200');
  await press('新建套餐');
  await memberNamed('周婷');
  await follow('卖套餐');
  await page.getByRole('heading', { name: '卖套餐 · 周婷' }).waitFor();
  await pick('卖哪一种', '洗澡次卡（10 次）（200 元）');
  await pick('在哪家店卖', '天河店');
  await press('卖套餐');
  await says(/^已卖出，在下面“套餐”里。/);
  await room('核销');
  await page.getByLabel('券码、套餐码、会员码或手机尾号').fill('8002');
  await pick('在哪家门店', '天河店');
  await press('查券');
  await main().getByRole('button', { name: '核销', exact: true }).click();
  await says(/现在还剩 洗澡 9\/10/);
  await memberNamed('周婷');
  await follow('退套餐');
  await pick('退哪一张', '洗澡次卡（10 次）（还剩 洗澡 9/10），退 170 元');
  await pick('在哪家店退', '天河店');
  await page.getByLabel('原因').fill('顾客搬家');
  await press('退套餐');
  await says('再确认一次：退给顾客 170元');
  await page.getByLabel('钱已经退给顾客').check();
  await press('退套餐');
  await says(/^已退套餐/);
  await says('退了 170');
});

test('12 月底会计问“我们欠会员多少”，下载给她', async () => {
  await room('欠会员的账');
  await says('一共欠');
  const [file] = await Promise.all([page.waitForEvent('download'), press('下载表格')]);
  expect(readFileSync(await file.path(), 'utf8')).toContain('入账日期,账户,单位,门店,期初');
});

test('what was sent names whom it was for', async () => {
  await room('发出的消息');
  expect(await main().innerText()).not.toMatch(/[a-z]{4}/);
  await main()
    .getByRole('row')
    .filter({ hasText: '活动收回通知' })
    .getByRole('link', { name: '王雪' })
    .click();
  await page.getByRole('heading', { name: '王雪' }).waitFor();
});
