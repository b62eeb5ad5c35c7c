/** 系统: what an owner sees of the program that runs: its version, what it has used, its clock, its backups, and what is red. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { noteBackup } from '../../../workers/db/upkeep/running.ts';
import { version } from '../../../workers/platform/version.ts';
import { pulse } from '../../../workers/schedule/chores/pulse.ts';
import { doChores } from '../../../workers/schedule/tick.ts';
import { sale } from '../../support/builders.ts';
import { roundOf } from '../../support/round.ts';
import { openShop, type Shop } from '../../support/shop.ts';
import { withSms, words } from '../support.ts';
import { employ, openConsole, signInAs, type Console } from './support.ts';

const path = '/console/health';
const deployed = { ...withSms, publicUrl: 'https://shop.example' };
const minutes = 60_000;
const days = 86_400_000;
const tick = ({ shop }: Console): Promise<void> => doChores([pulse], roundOf(shop), shop.clock.now);
const pageOf = async ({ owner }: Console): Promise<string> => words(await owner.get(path));
const homeOf = async ({ owner }: Console): Promise<string> => words(await owner.get('/console/'));
/** Seven days are the whole of a session: who is away for longer comes in anew. */
const later = async (opened: Console, ms: number): Promise<Console> => {
  opened.shop.clock.now += ms;
  return { ...opened, owner: await signInAs(opened, opened.boss) };
};

test('the version on the page is that of package.json, with the commands of today to copy', async () => {
  const told = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(version).toBe(told.version);
  const page = await pageOf(await openConsole());
  expect(page).toContain(`程序 回客 ${version}`);
  expect(page).toContain('Cloudflare 套餐 免费');
  expect(page).toContain('npm run backup -- backups/2026-11-22 --remote');
  expect(page).toMatch(/git pull npm ci npm run deploy/);
  expect(page).toContain('都正常。');
});

test('the clock stands still for 46 minutes: the page and 今天 say so; it goes again, and nothing is red', async () => {
  const opened = await openConsole();
  await tick(opened);
  opened.shop.clock.now += 44 * minutes;
  expect(await homeOf(opened)).not.toContain('定时任务停了');
  opened.shop.clock.now += 2 * minutes;
  expect(await homeOf(opened)).toContain('定时任务停了');
  expect(await pageOf(opened)).toContain('上次记到它在走 11-22 15:00');
  await tick(opened);
  expect(await homeOf(opened)).not.toContain('定时任务停了');
});

test('80,000 rows of the free plan’s 100,000 are red until eight in the morning', async () => {
  const opened = await openConsole();
  const write = (rows: number): unknown =>
    opened.shop.db.all(
      `INSERT OR REPLACE INTO settings VALUES ('rows_written', json_object('day', '2026-11-22', 'rows', ?))`,
      rows,
    );
  write(79_999);
  expect(await homeOf(opened)).not.toContain('今天的写入快用完了');
  write(80_000);
  expect(await homeOf(opened)).toContain('今天的写入快用完了');
  expect(await pageOf(opened)).toContain('今天写入 80,000 行，最多 100,000 行');
  const tomorrow = await later(opened, 17 * 60 * minutes);
  await tick(tomorrow);
  expect(await pageOf(tomorrow)).toContain('今天写入 0 行，最多 100,000 行');
  expect(await homeOf(tomorrow)).not.toContain('今天的写入快用完了');
});

test('401 MB of 500 are red, 399 are not; what fills them is told by its newest rows', async () => {
  const sized = async (sizeBytes: number): Promise<Console> => {
    const shop = await openShop({
      settings: withSms,
      through: (db) => ({
        batch: async (statements) => (await db.batch(statements)).map((one) => ({ ...one, sizeBytes })),
      }),
    });
    for (let place = 0; place < 60; place += 1)
      await shop.tell(sale({ orderNo: String(place), member: { externalId: `M${String(place % 7)}` } }));
    return openConsole({ shop });
  };
  const [full, fair] = [await sized(401_000_000), await sized(399_000_000)];
  expect(await pageOf(fair)).toContain('数据库 399 MB 最多 500 MB');
  expect(await pageOf(fair)).not.toContain('数据库快满了');
  const page = await pageOf(full);
  expect(page).toContain('数据库快满了');
  expect(page).toContain('销售单 60 ');
  expect(page).toContain('会员 7 ');
});

test('a deployment eight days old is asked for a backup and for SEED; both are done, and for 35 days nobody asks again', async () => {
  const young = await openConsole({ settings: deployed });
  expect(await homeOf(young)).not.toContain('备份');
  const old = await later(young, 8 * days);
  await tick(old);
  expect(await homeOf(old)).toContain('很久没有备份了；还不知道 SEED 有没有另外存好');
  const note = { folder: '2026-11-30', isRemote: true, tables: 101, rows: 12_345, version: '0.1.0' };
  await old.shop.db.batch([noteBackup({ ...note, at: old.shop.clock.now })]);
  await old.send(`${path}/seed-kept`, {}, old.owner);
  const page = await pageOf(old);
  expect(page).toContain('上一次 11-30 15:00 哪里的店 部署好的 文件夹 2026-11-30 里面 101 张表，12,345 行');
  expect(page).toContain('存好了 陈老板，11-30 15:00');
  expect(old.shop.db.all(`SELECT act FROM audit_rows`)).toEqual([{ act: 'seed.kept' }]);
  expect(await homeOf(old)).not.toContain('备份');
  const muchLater = await later(old, 36 * days);
  await tick(muchLater);
  expect(await homeOf(muchLater)).toContain('很久没有备份了');
});

test('a chore that failed is named with its hour for seven days, and is red for one', async () => {
  const opened = await openConsole();
  const broken = { ...pulse, label: '夜间清理', run: () => Promise.reject(new Error('no')) };
  await doChores([broken], roundOf(opened.shop), opened.shop.clock.now);
  await tick(opened);
  expect(await homeOf(opened)).toContain('有定时任务没做完');
  expect(await pageOf(opened)).toContain('11-22 15:00 定时任务“夜间清理”出错');
  const twoDaysOn = await later(opened, 2 * days);
  await tick(twoDaysOn);
  expect(await homeOf(twoDaysOn)).not.toContain('有定时任务没做完');
  expect(await pageOf(twoDaysOn)).toContain('定时任务“夜间清理”出错');
});

test('a sale that has waited eleven minutes for its turn is red; a manager is not shown the room', async () => {
  const opened = await openConsole();
  await keepWaiting(opened.shop);
  expect(await homeOf(opened)).not.toContain('排队');
  opened.shop.clock.now += 11 * minutes;
  expect(await homeOf(opened)).toContain('有单据排队超过十分钟');
  const manager = await signInAs(opened, await employ(opened, 'manager'));
  expect((await manager.get(path)).status).toBe(403);
  expect(words(await manager.get('/console/'))).not.toContain('有单据排队');
});

/** Told, and not decided. */
async function keepWaiting(shop: Shop): Promise<void> {
  await shop.tell(sale());
  shop.db.all(`DELETE FROM decisions`);
}
