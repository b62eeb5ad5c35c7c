/** 销售 as a fold left them: a sale with its lines and what it was granted is one row; what came back of it are rows of their own. */
import {
  grants,
  productFacts,
  refunds,
  sales,
  type Grant,
  type ProductFacts,
  type Sale,
  type SaleId,
} from '../../../schema/index.ts';
import type { Changes } from '../../decide/changes.ts';
import { saleCause, saleOfCause } from '../../decide/plain/causes.ts';
import { known, pairKey, type World } from '../../decide/world.ts';
import { statement, type Statement } from '../db.ts';
import { insertSet, list, rowsOf, upsertSet } from '../set.ts';
import { allFactsOf } from '../shelves/product-facts.ts';
import { encodeSale } from '../shelves/sale-document.ts';
import type { VersionsSeen } from './load.ts';

export function writeSales(world: World, seen: VersionsSeen, changes: Changes): Statement[] {
  const statements: Statement[] = [];
  const sold = [...salesWritten(changes)].map((id) => {
    const sale = known(world.sales.get(id), id);
    const record = {
      sale: { ...sale, rev: (seen.sales.get(id) ?? 0) + 1 },
      lines: known(world.lines.get(id), id),
      grants: world.grants.get(saleCause(id)) ?? [],
    };
    return encodeSale(record, seen.facts);
  });
  if (sold.length > 0)
    statements.push(upsertSet(sales, sold, { key: 'id', omit: ['seq'], keep: ['memberId', 'occurredAt'] }));
  const resold = sold.filter(({ id }) => seen.sales.has(id));
  if (resold.length > 0) statements.push(moveSales(resold));
  const facts = allFactsOf([...changes.soldLines].flatMap((id) => known(world.lines.get(id), id)));
  if (facts.length > 0) statements.push(keepFacts(facts));
  if (changes.refunds.size > 0) statements.push(upsertSet(refunds, [...changes.refunds.values()]));
  const granted = grantsElsewhere(world, changes);
  if (granted.length > 0) statements.push(upsertSet(grants, granted));
  return statements;
}

/** Most returns leave a sale where it is in its member's list, and write nothing here. */
const moveSales = (sold: readonly Pick<Sale, 'id' | 'memberId' | 'occurredAt'>[]): Statement =>
  statement(
    `WITH ${rowsOf('?1')} UPDATE sales SET member_id = v ->> 1, occurred_at = v ->> 2 FROM r
     WHERE sales.id = v ->> 0 AND (sales.member_id IS NOT v ->> 1 OR sales.occurred_at IS NOT v ->> 2)`,
    list(sold.map(({ id, memberId, occurredAt }) => [id, memberId, occurredAt])),
  );

/** Sales whose rows are written: those that changed, and those of which only what they were granted did. */
export function salesWritten({ sales: changed, grants: granted }: Changes): Set<SaleId> {
  const written = new Set(changed);
  for (const key of granted) {
    const saleId = saleOfCause(causeOf(key));
    if (saleId !== null) written.add(saleId);
  }
  return written;
}

/** Of causes that are no sale. */
function grantsElsewhere(world: World, changes: Changes): Grant[] {
  return [...changes.grants].flatMap((key) => {
    const cause = causeOf(key);
    if (saleOfCause(cause) !== null) return [];
    const grant = world.grants.get(cause)?.find(({ campaignId }) => pairKey(cause, campaignId) === key);
    return [known(grant, key)];
  });
}

/** A grant's key is its cause and its campaign. */
export const causeOf = (key: string): string => key.slice(0, key.lastIndexOf('\n'));

/** Most are there already. Where other facts stand under the same key, NOT NULL refuses the batch: no line may turn into another. */
function keepFacts(facts: readonly ProductFacts[]): Statement {
  const { sql, params } = insertSet(productFacts, facts, ['seq']);
  const same = ['sku', 'name', 'category_ids', 'brand', 'tags', 'points_factor_milli']
    .map((column) => `product_facts.${column} IS excluded.${column}`)
    .join(' AND ');
  return {
    sql: `${sql} WHERE true ON CONFLICT (key) DO UPDATE SET sku = NULL WHERE NOT (${same})`,
    params,
  };
}
