/** 静默告警: a till that stops talking is noticed while its shop is open. */
import { expect, test } from 'vitest';
import { openMsBetween } from '../../workers/schedule/business-time.ts';
import { at } from '../support/builders.ts';
import { openOffice } from '../api/support.ts';
import { alertTexts, configure, minuteMs, run, runThrough, sellAt } from './cron-support.ts';

test('a till that is silent for an hour of business is told of once, and once more when it talks again', async () => {
  const office = await openOffice();
  const { shop, admin } = office;
  configure(shop, { silenceAlarmMinutes: 60 });
  await sellAt(shop, '2026-11-22 14:00', 'A');
  await runThrough(shop, '2026-11-22 14:01', '2026-11-22 14:59');
  expect(await alertTexts(office)).toEqual([]);
  await runThrough(shop, '2026-11-22 15:00', '2026-11-22 16:04');
  const silence =
    '“收银系统”（till）在营业时间内已有 1 小时没有传来任何数据，最后一次是 11月22日 14:00。请检查收银系统的网络和接口设置。';
  expect(await alertTexts(office)).toEqual([silence]);
  expect((await admin('GET', '/sources/till/health')).json).toMatchObject({
    silentSince: '2026-11-22T06:00:00.000Z',
    silenceAlarmMinutes: 60,
  });
  await sellAt(shop, '2026-11-22 16:07', 'B');
  await runThrough(shop, '2026-11-22 16:08', '2026-11-22 16:40');
  expect(await alertTexts(office)).toEqual([
    '“收银系统”（till）已恢复传送数据，中间停了 2 小时 7 分钟。请核对这段时间的单据是否都补传了。',
    silence,
  ]);
  expect((await admin('GET', '/sources/till/health')).json).toMatchObject({ silentSince: null });
});

test('at night nobody wonders: minutes are counted while the shop is open, from evening to morning', async () => {
  const office = await openOffice();
  const { shop } = office;
  configure(shop, { silenceAlarmMinutes: 60 });
  await sellAt(shop, '2026-11-22 20:30', 'A');
  await runThrough(shop, '2026-11-22 20:31', '2026-11-23 09:29');
  expect(await alertTexts(office)).toEqual([]);
  await runThrough(shop, '2026-11-23 09:30', '2026-11-23 09:30');
  expect(await alertTexts(office)).toHaveLength(1);
});

test('a shop that is open from 6 to 24 is watched from 6 to 24', async () => {
  const office = await openOffice();
  const { shop } = office;
  configure(shop, { silenceAlarmMinutes: 30, businessHours: { from: 6, to: 24 } });
  await sellAt(shop, '2026-11-22 23:10', 'A');
  await runThrough(shop, '2026-11-22 23:11', '2026-11-22 23:45');
  expect(await alertTexts(office)).toHaveLength(1);
});

test('a till that was registered and never said a word is silent too', async () => {
  const office = await openOffice();
  configure(office.shop, { silenceAlarmMinutes: 60 });
  office.shop.db.all(`UPDATE sources SET created_at = ?`, at('2026-11-22 10:00'));
  await runThrough(office.shop, '2026-11-22 10:55', '2026-11-22 11:05');
  expect(await alertTexts(office)).toEqual([
    '“收银系统”（till）在营业时间内已有 1 小时没有传来任何数据，还没有传来过数据。请检查收银系统的网络和接口设置。',
  ]);
});

test('a look costs one statement every five minutes, and one row where a watched till has sent something', async () => {
  const { shop } = await openOffice();
  const written = async (from: string): Promise<{ statements: number; rows: number }> => {
    const [before, changed] = [
      { ...shop.db.counts },
      Number(shop.db.all(`SELECT total_changes() AS n`)[0]?.['n']),
    ];
    await run(shop, at(from));
    return {
      statements: shop.db.counts.statements - before.statements,
      rows: Number(shop.db.all(`SELECT total_changes() AS n`)[0]?.['n']) - changed,
    };
  };
  await sellAt(shop, '2026-11-22 14:00', 'A');
  await run(shop, at('2026-11-22 14:01'));
  const idle = await written('2026-11-22 14:02');
  expect(await written('2026-11-22 14:05')).toEqual({ statements: idle.statements + 1, rows: idle.rows });
  configure(shop, { silenceAlarmMinutes: 60 });
  expect(await written('2026-11-22 14:10')).toEqual({ statements: idle.statements + 2, rows: idle.rows + 1 });
  expect(await written('2026-11-22 14:15')).toEqual({ statements: idle.statements + 1, rows: idle.rows });
  await sellAt(shop, '2026-11-22 14:16', 'B');
  await run(shop, at('2026-11-22 14:17'));
  // And the clock notes that it goes, three times an hour.
  expect(await written('2026-11-22 14:20')).toEqual({ statements: idle.statements + 3, rows: idle.rows + 2 });
});

test.each([
  ['2026-11-22 10:00', '2026-11-22 10:30', 30],
  ['2026-11-22 08:00', '2026-11-22 10:00', 60],
  ['2026-11-22 20:30', '2026-11-23 09:30', 60],
  ['2026-11-20 09:00', '2026-11-22 09:00', 24 * 60],
  ['2026-11-22 22:00', '2026-11-23 08:00', 0],
])('from %s to %s the shop is open for %i minutes', (since, now, minutes) => {
  expect(openMsBetween(at(since), at(now), { from: 9, to: 21 }, 'Asia/Shanghai') / minuteMs).toBe(minutes);
});
