/** 状态: a vendor tells the life of an order, and what stands at the end is what docs/erp-states.md says. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { processPending } from '../../../workers/engine/process.ts';
import { receiveErp } from '../../../workers/receive/hook.ts';
import { inboxRows, ledgerRows } from '../shop.ts';
import { requestOf, sourceOf, type Fixture } from './fixtures.ts';
import { now, shopOf } from './tell.ts';

/** One row of the guide, and documents of the vendor's shape that show it: told one after the other, with what became of each event. */
export type State = readonly [
  state: string,
  does: string,
  told: readonly Letter[],
  ends: readonly string[],
  points: number,
];
/** A document as JSON, or text as it travels. */
export type Letter = object | string;

export type Vendor = Partial<Pick<Fixture, 'config' | 'query' | 'headers'>> &
  Pick<Fixture, 'adapter' | 'scheme'> & { readonly states: readonly State[] };

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
    test.each(states)('%s: %s', async (_state, _does, told, ends, points) => {
      const fixture = { config: null, query: {}, headers: {}, name: '', says: '', events: [], ...vendor };
      const shop = await shopOf(sourceOf(fixture));
      for (const letter of told) {
        const text = typeof letter === 'string' ? letter : JSON.stringify(letter);
        const response = await receiveErp(shop.receiver, requestOf({ ...fixture, text }, { now }), 'shop');
        expect(response.status, await response.text()).toBe(200);
        await processPending(shop.engine, 100, now);
      }
      expect(inboxRows(shop.db).map((row) => endOf(row, vendor.adapter))).toEqual(ends);
      const posted = ledgerRows(shop.db).filter(({ account }) => account === 'points');
      expect(posted.reduce((sum, { delta }) => sum + delta, 0)).toBe(points);
    });
  });
}

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
