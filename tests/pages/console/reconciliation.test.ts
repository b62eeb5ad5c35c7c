/** 对账 as the office reads it: a till that says twelve where we have eleven, and which receipt that is. */
import { beforeEach, describe, expect, test } from 'vitest';
import { at, line, sale, store, voided } from '../../support/builders.ts';
import { mentions } from '../../support/faults.ts';
import { runThrough } from '../../schedule/cron-support.ts';
import { words, type Visitor } from '../support.ts';
import { employ, openConsole, signInAs, type Console } from './support.ts';

let office: Console;
/** Happens once, just before the next day is written. */
let meanwhile: (() => Promise<unknown>) | null = null;
const on = '2026-11-22';
const path = '/console/reconciliation/till';
const amounts = [200, 150, 99, 88, 120, 310, 45, 66, 500, 72, 111];

const sold = (orderNo: string, yuan: number, given: object = {}) =>
  sale({
    orderNo,
    at: `${on} 10:00`,
    member: { externalId: 'M1' },
    lines: [line({ amountFen: yuan * 100 })],
    ...given,
  });

/** Receipts 8005-361 to 8005-372 but for 8005-367: eleven, 1,761 yuan. */
beforeEach(async () => {
  office = await openConsole({
    now: '2026-11-22 22:00',
    through: (db) => ({
      batch: async (statements) => {
        const act = meanwhile;
        if (act && mentions(statements, 'INSERT INTO reconciliations')) {
          meanwhile = null;
          await act();
        }
        return db.batch(statements);
      },
    }),
    stores: [
      { ...store(), name: '天河店' },
      { ...store({ id: '8006' }), name: '越秀店' },
    ],
  });
  const numbers = Array.from({ length: 12 }, (_, index) => `8005-${361 + index}`);
  const here = numbers.filter((number) => number !== '8005-367');
  for (const [index, number] of here.entries()) await office.shop.tell(sold(number, amounts[index] ?? 0));
});

type Row = Readonly<Record<string, string>>;
const enter = (rows: readonly Row[], more: Row = {}, by: Visitor = office.owner) =>
  office.send(
    `${path}/enter`,
    {
      dayOn: on,
      'stores~count': String(rows.length),
      ...Object.fromEntries(
        rows.flatMap((row, place) =>
          Object.entries(row).map(([name, value]) => [`stores[${place}].${name}`, value]),
        ),
      ),
      ...more,
    },
    by,
  );
const tianhe = { id: '8005', orders: '12', paidFen: '1,860.00' };
const see = async (by = office.owner): Promise<string> => words(await by.get(`${path}?on=${on}`));
const list = async (by = office.owner): Promise<string> => words(await by.get('/console/reconciliation'));

describe('the till says 12 sales and 1,860.00, we have 11 and 1,761.00', () => {
  test('the list says so at a glance, and the page names the receipt that our own numbers leave out', async () => {
    expect((await enter([tianhe])).location).toBe(`${path}?on=${on}`);
    expect(await list()).toMatch(/2026-11-22 对不上 12 单 1,860 元 11 单 1,761 元 少 1 单，少 99 元/);
    const page = await see();
    expect(page).toContain('天河店：少 1 单，少 99 元');
    expect(page).toMatch(/按断号猜的.*8005-367 没有收到过 在收银系统里找到这张小票，点“重发”/s);
  });

  test('with the till’s own numbers it is named for certain, and one that is too many as well', async () => {
    const numbers = Array.from({ length: 12 }, (_, index) => `8005-${360 + index}`).join('\n');
    await enter([{ ...tianhe, orderNos: numbers }]);
    const page = await see();
    expect(page).toMatch(/少的单.*8005-360 、 ?8005-367 没有收到过/s);
    expect(page).toMatch(/多的单。[^]*是它的清单漏了。 8005-372 这里收到的单号/);
    expect(page).not.toContain('按断号猜的');
  });

  test('a receipt that came and lies parked leads to its event and says why it lies there', async () => {
    await office.shop.tell(sold('8005-367', 99, { member: { externalId: 'M1', phone: 12 } }));
    await office.shop.work();
    const parked = office.shop.db.all(
      `SELECT i.id FROM decisions AS d JOIN inbox AS i USING (seq) WHERE d.state = 'parked'`,
    );
    expect(parked).toHaveLength(1);
    await enter([tianhe]);
    const { text } = await office.owner.get(`${path}?on=${on}`);
    expect(text).toContain(`href="/console/events/${encodeURIComponent(String(parked[0]?.['id']))}"`);
    expect(await see()).toContain('8005-367 收到了，停着没有算：');
  });

  test('sent again, and compared again by a press, the day is equal; who pressed is written down', async () => {
    await enter([tianhe]);
    await office.shop.tell(sold('8005-367', 99));
    expect(await see()).toContain('8005-367 后来收到了');
    const answer = await office.send(path, { on });
    expect(words(await office.owner.get(answer.location ?? ''))).toMatch(/刚刚又比了一次.*结果 对上了/s);
    expect(await list()).toMatch(/2026-11-22 对上了 12 单 1,860 元 12 单 1,860 元 一样/);
    expect(
      office.shop.db.all(`SELECT act, subject FROM audit_rows WHERE act LIKE 'day.%' ORDER BY seq`),
    ).toEqual([
      { act: 'day.totals', subject: `till ${on}` },
      { act: 'day.compare', subject: `till ${on}` },
    ]);
  });

  test('what was voided here is said to be voided', async () => {
    await office.shop.tell(sold('8005-367', 99), voided({ orderNo: '8005-367' }));
    await enter([tianhe]);
    expect(await see()).toContain('8005-367 收到过，这里已经作废');
  });

  test('the next morning the first page leads there, to whoever answers for it', async () => {
    await enter([tianhe]);
    office.shop.clock.now = at('2026-11-23 09:00');
    const home = await office.owner.get('/console/');
    expect(words(home)).toContain('昨天的账对不上：这里少 1 单，少 99 元');
    expect(home.text).toContain(`href="${path}?on=${on}"`);
    const cashier = await signInAs(office, await employ(office, 'cashier'));
    expect(words(await cashier.get('/console/'))).not.toContain('对不上');
    await office.shop.tell(sold('8005-367', 99));
    await runThrough(office.shop, '2026-11-23 10:00', '2026-11-23 10:02');
    expect(words(await office.owner.get('/console/'))).not.toContain('对不上');
  });

  test('in the table each store has its line', async () => {
    await enter([{ ...tianhe, orderNos: '8005-361\n8005-367' }]);
    const { text } = await office.send('/console/reconciliation/csv?source=till', {});
    expect(text.split('\r\n')[1]).toMatch(
      /^2026-11-22,天河店,12,11,1860,1761,"?少 1 单，少 99 元"?,8005-367,8005-362 /,
    );
  });
});

describe('entering a day', () => {
  test('lines pasted from Excel, with a heading, names or numbers of stores, and commas in the amounts', async () => {
    const pasted = '门店\t单数\t金额\r\n天河店\t11\t1,761.00\r\n8006\t0\t0\r\n';
    await enter([], { pasted });
    expect(await see()).toMatch(/结果 对上了 .*天河店 11 单 1,761 元 11 单 1,761 元 一样 越秀店 0 单 0 元/s);
    await enter([], { pasted: '天河店，11，"1,760.00"' });
    expect(await see()).toContain('多 1 元');
  });

  test.each([
    ['a line that names no store', { pasted: '天河店,11,1761\n海珠店,1,1' }, '第 2 行看不懂'],
    ['a line without an amount', { pasted: '天河店,11' }, '第 1 行看不懂'],
    ['nothing at all', {}, '至少填一家店'],
    ['a day that has not come', { dayOn: '2026-12-01', pasted: '天河店,1,1' }, '这一天还没有到'],
    ['a store twice', { pasted: '天河店,1,1\n8005,1,1' }, '有一家店写了两遍'],
  ])('%s is said at its place, and nothing is kept', async (_, more, said) => {
    const answer = await enter([{ id: '8005' }], more);
    expect(words(answer)).toContain(said);
    expect(office.shop.db.all('SELECT * FROM reconciliations')).toEqual([]);
  });

  test('a row half filled in is asked for; a row left empty says nothing', async () => {
    expect(words(await enter([{ id: '8005', orders: '11' }, { id: '8006' }]))).toContain('这一项要填');
    await enter([{ id: '8005', orders: '11', paidFen: '1761' }, { id: '8006' }]);
    expect(await list()).toContain('对上了 11 单 1,761 元');
  });

  test('two managers at the same moment: what each says of her store stands', async () => {
    const [one, other] = [
      await signInAs(office, await employ(office, 'manager', { storeIds: ['8005'] })),
      await signInAs(office, await employ(office, 'manager', { storeIds: ['8006'] })),
    ];
    meanwhile = () => enter([tianhe], {}, one);
    await enter([{ id: '8006', orders: '0', paidFen: '0' }], {}, other);
    expect(meanwhile).toBeNull();
    expect(await see()).toMatch(/天河店：少 1 单.*越秀店 0 单 0 元/s);
  });

  test('a manager sees and says only what her store sold; what was said of others stays', async () => {
    const manager = await signInAs(office, await employ(office, 'manager', { storeIds: ['8006'] }));
    await enter([tianhe]);
    await enter([{ id: '8006', orders: '0', paidFen: '0' }], {}, manager);
    expect(await list(manager)).toMatch(/2026-11-22 对上了 0 单 0 元/);
    expect(await see(manager)).not.toContain('8005-367');
    expect(await see()).toMatch(/天河店：少 1 单.*越秀店 0 单 0 元/s);
    const refused = await enter([{ ...tianhe, orders: '11' }], {}, manager);
    expect(words(refused)).toContain('至少填一家店');
    expect(await see()).toContain('天河店：少 1 单');
  });
});
