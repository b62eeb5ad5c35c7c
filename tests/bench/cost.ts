/** 花费: what one ordinary sale costs at the database, from the webhook to the message sent, as D1 itself counts it. */
import assert from 'node:assert/strict';
import { startRuntime } from '../../scripts/runtime.ts';
import { d1 } from '../../workers/d1.ts';
import type { Db } from '../../workers/db/db.ts';
import { plans } from '../../workers/platform/plans.ts';
import { few } from './campaigns.ts';
import { driver, type Driver } from './engine.ts';
import { received } from './received.ts';
import { progress, report, rounded } from './report.ts';
import type { Length } from './run.ts';
import { openShop, type Shop } from './shop.ts';

const shop: Shop = { shape: few, campaigns: 1, members: 2_000, follow: true };
/** Three lines, points, growth, a coupon, a message, a reminder. */
const linesOfAnOrdinarySale = 3;
const groupSizes = [1, 10, 100];

type Spent = {
  roundTrips: number;
  statements: number;
  rowsRead: number;
  rowsWritten: number;
  /** Rows written by `insert sales`, `update inbox`, …. */
  readonly byStatement: Map<string, number>;
};

const nothingSpent = (): Spent => ({
  roundTrips: 0,
  statements: 0,
  rowsRead: 0,
  rowsWritten: 0,
  byStatement: new Map(),
});

/** Passes everything on and keeps the account of it in whatever `spent` is at the time. */
function accounting(db: Db, account: { spent: Spent }): Db {
  return {
    batch: async (statements) => {
      const results = await db.batch(statements);
      if (statements.length === 0) return results;
      const { spent } = account;
      spent.roundTrips += 1;
      spent.statements += statements.length;
      results.forEach(({ rowsRead, rowsWritten }, place) => {
        spent.rowsRead += rowsRead;
        spent.rowsWritten += rowsWritten;
        if (rowsWritten === 0) return;
        const name = nameOf(statements[place]?.sql ?? '');
        spent.byStatement.set(name, (spent.byStatement.get(name) ?? 0) + rowsWritten);
      });
      return results;
    },
  };
}

function nameOf(sql: string): string {
  const found = /\b(INSERT INTO|UPDATE|DELETE FROM)\s+(\w+)/.exec(sql);
  return found ? `${found[1]?.split(' ')[0]?.toLowerCase()} ${found[2]}` : 'select';
}

/** 积分批次, 待到账, 会员等级: all switched on, and every one of them touched by a sale. */
const withEverything: Shop = {
  ...shop,
  settings: {
    points: { expiry: { mode: 'months', months: 12 }, pendingDays: 7 },
    levels: {
      list: [
        { name: '普通' },
        { name: '高级', amountFen: 100_000, payPercent: 90, pointsPercent: 150 },
        { name: 'VIP', amountFen: 1_000_000, payPercent: 85, pointsPercent: 200 },
      ],
    },
  },
};

export async function benchCost(length: Length): Promise<void> {
  await costOf('cost', 16, shop, length);
  await costOf('cost/lots-pending-levels', 20, withEverything, length);
}

async function costOf(title: string, rowsMax: number, shop: Shop, { samples }: Length): Promise<void> {
  const runtime = await startRuntime({ workerEntry: 'tests/bench/bare-worker.ts' });
  const binding = await runtime.db();
  const account = { spent: nothingSpent() };
  await openShop(d1(binding), shop);
  const { store, decide, deliver } = driver(accounting(d1(binding), account), Date.now);
  let sold = 0;
  const sales = (count: number) =>
    Array.from({ length: count }, () => {
      sold += 1;
      return received(
        { number: sold, member: sold % shop.members, catalogue: few.catalogue, lines: linesOfAnOrdinarySale },
        Date.now(),
      );
    });
  // The first look reads the configuration and fetches a token; neither belongs to a sale.
  await store(sales(1));
  await decide(plans.paid.eventsPerGroup);
  await deliver(1);

  for (const size of groupSizes) {
    const stored = nothingSpent();
    const decided = nothingSpent();
    const delivered = nothingSpent();
    for (let sample = 0; sample < samples; sample += 1) {
      for (const sale of sales(size)) {
        account.spent = stored;
        await store([sale]);
      }
      account.spent = decided;
      assert.equal(await decide(plans.paid.eventsPerGroup), size);
      account.spent = delivered;
      assert.equal(await deliver(size), size);
    }
    reportGroup(
      { name: `${title}/group-of-${size}`, size, groups: samples, rowsMax },
      { stored, decided, delivered },
    );
  }
  if (title === 'cost') await reportBytes(binding, { store, decide, deliver }, sales, samples * 200);
  await runtime.stop();
}

type Stages = { readonly stored: Spent; readonly decided: Spent; readonly delivered: Spent };

type Group = {
  readonly name: string;
  readonly size: number;
  readonly groups: number;
  readonly rowsMax: number;
};

function reportGroup({ name, size, groups, rowsMax }: Group, { stored, decided, delivered }: Stages): void {
  const sales = size * groups;
  const stages = [stored, decided, delivered];
  const sum = (key: 'rowsRead' | 'rowsWritten' | 'statements' | 'roundTrips'): number =>
    stages.reduce((total, spent) => total + spent[key], 0);
  const byStatement = Object.fromEntries(
    stages.flatMap((spent, place) =>
      [...spent.byStatement]
        .toSorted((a, b) => b[1] - a[1])
        .map(([statement, rows]) => [
          `${['receive', 'decide', 'deliver'][place]}: ${statement}`,
          rounded(rows / sales),
        ]),
    ),
  );
  report({
    name: `${name}/rows-written`,
    unit: 'rows',
    samples: [sum('rowsWritten') / sales],
    bound: { atMost: rowsMax },
    context: { per: 'sale, webhook to message sent', byStatement },
  });
  report({
    name: `${name}/rows-read`,
    unit: 'rows',
    samples: [sum('rowsRead') / sales],
    context: { per: 'sale' },
  });
  report({
    name: `${name}/round-trips`,
    unit: 'round trips',
    samples: [decided.roundTrips / groups],
    bound: { atMost: 3 },
    context: {
      per: 'group, deciding',
      receiving: stored.roundTrips / sales,
      delivering: delivered.roundTrips / groups,
    },
  });
  report({
    name: `${name}/statements`,
    unit: 'statements',
    samples: [decided.statements / groups],
    bound: { atMost: 40 },
    context: { per: 'group, deciding', delivering: delivered.statements / groups, invocationMax: 50 },
  });
  progress(`${name}: done`);
}

async function reportBytes(
  binding: D1Database,
  { store, decide, deliver }: Pick<Driver, 'store' | 'decide' | 'deliver'>,
  sales: (count: number) => Parameters<ReturnType<typeof driver>['store']>[0],
  count: number,
): Promise<void> {
  const size = async (): Promise<number> => {
    const { meta } = await binding.prepare(`SELECT 1`).run();
    return meta.size_after;
  };
  const before = await size();
  for (let left = count; left > 0; left -= 200) {
    await store(sales(200));
    await decide(200);
    await deliver(200);
  }
  const bytes = ((await size()) - before) / count;
  const tenGigabytes = 10_000_000_000;
  report({
    name: 'cost/bytes-per-sale',
    unit: 'bytes',
    samples: [bytes],
    context: {
      what: 'all tables and indexes, raw body included, before any retention',
      millionSalesInTenGigabytes: rounded(tenGigabytes / bytes / 1_000_000),
    },
  });
}
