/** 页与字节: pages of 4 KB that a sale dirties and bytes that it keeps, counted on node:sqlite with the product's own statements. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptyBodies, runPasses } from '../../workers/db/upkeep/retention.ts';
import { plans } from '../../workers/platform/plans.ts';
import { few } from './campaigns.ts';
import { driver } from './engine.ts';
import { report, rounded } from './report.ts';
import type { Length } from './run.ts';
import { openShop, type Shop } from './shop.ts';
import { openFile, salesOf, storedShop, type OpenFile, type Stored } from './stored.ts';

const pageBytes = 4096;
/** Of the write-ahead log: one before it, and one before each page. */
const logHeadBytes = 32;
const frameHeadBytes = 24;
const groupSizes = [12, 250, plans.paid.eventsPerGroup];

export async function benchPages({ members, stored: sizes }: Length): Promise<void> {
  const shop: Shop = { shape: few, campaigns: 100, members, follow: false };
  for (const size of sizes) {
    const stored = await storedShop(shop, size);
    for (const group of new Set(groupSizes)) await reportPages(shop, stored, group);
    await reportBytes(shop, stored);
    await reportMembers(shop, stored);
  }
}

/** Runs on a copy: every sample begins with the same sales stored. */
async function onCopy<Answer>(
  { copyTo }: Stored,
  work: (file: OpenFile, path: string) => Promise<Answer>,
): Promise<Answer> {
  const folder = mkdtempSync(join(tmpdir(), 'huike-pages-'));
  const path = join(folder, 'copy.sqlite');
  copyTo(path);
  const file = openFile(path);
  try {
    return await work(file, path);
  } finally {
    file.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function reportPages(shop: Shop, stored: Stored, group: number): Promise<void> {
  const sales = Math.max(group, Math.floor(2_000 / group) * group);
  const pages = await onCopy(stored, async ({ db, database }, path) => {
    database.exec('PRAGMA wal_autocheckpoint = 0; PRAGMA wal_checkpoint(TRUNCATE)');
    const { store, decide } = driver(db, Date.now);
    for (let first = 0; first < sales; first += group) {
      await store(salesOf(shop, stored.sales + first, group, Date.now()));
      await decide(group);
    }
    const logBytes = statSync(`${path}-wal`).size - logHeadBytes;
    return logBytes / (pageBytes + frameHeadBytes) / sales;
  });
  report({
    name: `pages/at-${stored.sales / 1000}k/group-of-${group}`,
    unit: 'pages',
    samples: [pages],
    ...(group === 250 && stored.sales === 100_000 && { bound: { atMost: 9 } }),
    context: { per: 'sale of 5 lines, received and decided', writtenKB: rounded((pages * pageBytes) / 1000) },
  });
}

type Bytes = {
  readonly byTree: readonly (readonly [string, number])[];
  readonly whole: number;
  readonly rest: number;
};

/** What a sale keeps: with its body, and when the nights have emptied it. */
export async function bytesPerSale(shop: Shop, stored: Stored): Promise<Bytes> {
  const before = await emptyShop(shop);
  const perSaleOf = ({ db }: OpenFile): (readonly [string, number])[] =>
    [...bytesByTree(db)]
      .map(([tree, bytes]) => [tree, (bytes - (before.get(tree) ?? 0)) / stored.sales] as const)
      .filter(([, bytes]) => bytes >= 1)
      .toSorted(([, one], [, other]) => other - one);
  const sumOf = (trees: readonly (readonly [string, number])[]): number =>
    trees.reduce((sum, [, bytes]) => sum + bytes, 0);
  const perSale = await onCopy(stored, async (file) => perSaleOf(file));
  const total = sumOf(perSale);
  const rest = await onCopy(stored, async (file) => {
    await emptyAllBodies(file.db);
    file.database.exec('VACUUM');
    return sumOf(perSaleOf(file));
  });
  return { byTree: perSale, whole: total, rest };
}

/** Trees whose rows are people and the names they are known by, however much they bought. */
const treesOfMembers = ['members', 'identities'];

/** What a member keeps whatever she buys, and the document that grows with it. */
async function reportMembers(shop: Shop, stored: Stored): Promise<void> {
  const bytes = await onCopy(stored, async ({ db }) => bytesByTree(db));
  const isOfMembers = (tree: string): boolean =>
    treesOfMembers.some(
      (name) => tree === name || tree.startsWith(`${name}_`) || tree.endsWith(`_${name}_1`),
    );
  const own = [...bytes].filter(([tree]) => isOfMembers(tree));
  const byTable = Object.fromEntries(own.map(([tree, all]) => [tree, rounded(all / shop.members)]));
  report({
    name: `bytes/at-${stored.sales / 1000}k/per-member`,
    unit: 'bytes',
    samples: [own.reduce((sum, [, all]) => sum + all, 0) / shop.members],
    context: { per: `member with ${stored.sales / shop.members} sales`, byTable },
  });
}

async function reportBytes(shop: Shop, stored: Stored): Promise<void> {
  const { byTree: perSale, whole: total, rest } = await bytesPerSale(shop, stored);
  const name = `bytes/at-${stored.sales / 1000}k`;
  const byTable = Object.fromEntries(perSale.map(([tree, bytes]) => [tree, rounded(bytes)]));
  const million = (bytes: number): number => rounded(10_000_000_000 / bytes / 1_000_000);
  report({
    name: `${name}/with-body`,
    unit: 'bytes',
    samples: [total],
    bound: { atMost: 3_000 },
    context: { per: 'sale of 5 lines', byTable, millionSalesInTenGigabytes: million(total) },
  });
  report({
    name: `${name}/without-body`,
    unit: 'bytes',
    samples: [rest],
    bound: { atMost: 900 },
    context: {
      per: 'sale of 5 lines',
      what: 'after retention and VACUUM',
      millionSalesInTenGigabytes: million(rest),
    },
  });
}

/** As the nights do it, a page at a time, when their days are over. */
async function emptyAllBodies(db: OpenFile['db']): Promise<void> {
  const later = Date.now() + 365 * 86_400_000;
  const pass = emptyBodies({ days: 0, sources: '[]', isNot: true }, later);
  for (;;) {
    const changed = await runPasses(db, [pass], [], later);
    if ([...changed.values()].every((rows) => rows === 0)) return;
  }
}

async function emptyShop(shop: Shop): Promise<Map<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'huike-pages-'));
  const { db, close } = openFile(join(folder, 'empty.sqlite'));
  await openShop(db, shop);
  const bytes = bytesByTree(db);
  close();
  rmSync(folder, { recursive: true, force: true });
  return bytes;
}

/** Tables and indexes, by name. */
const bytesByTree = ({ all }: OpenFile['db']): Map<string, number> =>
  new Map(
    all(`SELECT name, sum(pgsize) AS bytes FROM dbstat GROUP BY name`).map(({ name, bytes }) => [
      String(name),
      Number(bytes),
    ]),
  );
