/** 状态: a vendor tells the life of an order, and what stands at the end is what docs/erp-states.md says. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { processPending } from '../../../workers/engine/process.ts';
import { receiveErp } from '../../../workers/receive/hook.ts';
import { takeIn } from '../../../workers/receive/intake.ts';
import { splitRecord } from '../../../workers/receive/files/split.ts';
import type { Body } from '../builders.ts';
import { inboxRows, ledgerRows, saleRows, type Shop } from '../shop.ts';
import { requestOf, sourceOf, type Fixture } from './fixtures.ts';
import { now, shopOf } from './tell.ts';

/** One row of the guide, and documents of the vendor's shape that show it: told one after the other, with what became of each event. */
export type State = readonly [
  state: string,
  does: string,
  told: readonly Letter[],
  ends: readonly string[],
  /** Of the buyer; of takeaways, which name none, the yuan that are left of their sales. */
  left: number,
];
/** A document as JSON, or text as it travels. */
export type Letter = object | string;

export type Vendor = Partial<Pick<Fixture, 'config' | 'query' | 'headers'>> &
  Pick<Fixture, 'adapter' | 'scheme'> & {
    /** A sale that the till told before, of a vendor that tells only what comes back. */
    readonly before?: Body;
    /** Its documents are fetched. */
    readonly isReadBack?: true;
    readonly namesNobody?: true;
    readonly states: readonly State[];
  };

const guide = readFileSync(new URL('../../../docs/erp-states.md', import.meta.url).pathname, 'utf8');

/** State and answer of every row under a vendor's heading. */
function rowsOf(adapter: string): string[][] {
  const [, section = ''] =
    new RegExp(`^## .*\\(\`${adapter}\`\\)\n([\\s\\S]*?)(?=^## |$(?![\\s\\S]))`, 'm').exec(guide) ?? [];
  return [...section.matchAll(/^\| ([^|]+) \| ([^|]+) \|$/gm)]
    .map(([, state = '', does = '']) => [state.trim(), does.trim()])
    .filter(([state = '']) => state !== 'state' && !state.startsWith('---'));
}

export const vendorsInGuide = (): string[] =>
  [...guide.matchAll(/^## .*\(`(\w+)`\)$/gm)].map(([, adapter = '']) => adapter);

export function walk({ states, ...vendor }: Vendor): void {
  describe(vendor.adapter, () => {
    test('the guide has these rows and no others', () => {
      expect(rowsOf(vendor.adapter)).toEqual(states.map(([state, does]) => [state, does]));
    });
  });
  live({ states, ...vendor });
}

/** Another dialect of a vendor, of which the guide speaks above its table. */
export function live({ states, ...vendor }: Vendor): void {
  describe(vendor.adapter, () => {
    test.each(states)('%s: %s', async (_state, _does, told, ends, left) => {
      const fixture: Fixture = { ...blank, ...vendor };
      const shop = await shopOf(sourceOf(fixture));
      if (vendor.before) await shop.tell(vendor.before);
      for (const letter of told) {
        const text = typeof letter === 'string' ? letter : JSON.stringify(letter);
        await (vendor.isReadBack ? fetched(shop, fixture, text) : pushed(shop, fixture, text));
        await processPending(shop.engine, 100, now);
      }
      const own = inboxRows(shop.db).filter(({ sourceId }) => sourceId === 'shop');
      expect(own.map((row) => endOf(row, vendor.adapter))).toEqual(ends);
      expect(vendor.namesNobody ? keptYuan(shop) : pointsIn(shop)).toBe(left);
    });
  });
}

const blank = { config: null, query: {}, headers: {}, name: '', says: '', text: '', events: [] };

async function pushed(shop: Shop, fixture: Fixture, text: string): Promise<void> {
  const response = await receiveErp(shop.receiver, requestOf({ ...fixture, text }, { now }), 'shop');
  expect(response.status, await response.text()).toBe(200);
}

async function fetched(shop: Shop, fixture: Fixture, text: string): Promise<void> {
  const stored = await takeIn(shop.receiver, 'shop', splitRecord(sourceOf(fixture), text), now);
  expect(stored).toHaveLength(1);
}

const pointsIn = ({ db }: Shop): number =>
  ledgerRows(db).reduce((sum, { account, delta }) => sum + (account === 'points' ? delta : 0), 0);

const keptYuan = ({ db }: Shop): number => saleRows(db).reduce((sum, { keptFen }) => sum + keptFen, 0) / 100;

const verbs: Readonly<Record<string, string>> = {
  'sale.completed': 'sale',
  'sale.voided': 'void',
  'sale.paid': 'paid',
  'refund.completed': 'refund',
};

/** `sale done`; of what is not done, why. */
function endOf({ type, state, note }: ReturnType<typeof inboxRows>[number], adapter: string): string {
  const why = note === null || state === 'waiting' ? '' : ` ${note.code}`;
  return `${verbs[type] ?? type.replace(`${adapter}.`, '')} ${state}${why}`;
}
