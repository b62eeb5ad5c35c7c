/** 券模板: what the merchant has set; never edited, because members hold coupons that refer to it. */
import {
  couponTemplateCounters,
  couponTemplates,
  type CouponTemplate,
  type CouponTemplateDefinition,
  type TemplateId,
} from '../../../schema/index.ts';
import { noTally, type Tally } from '../../decide/coupons/tally.ts';
import { talliesBy } from '../coupons/tallies.ts';
import { bumpConfig } from '../world/apply.ts';
import { rowsAt, statement, type Db, type Statement } from '../db.ts';
import type { NewestFirst } from '../paging.ts';
import { decodeAll, insertSet, list, selectList } from '../set.ts';
import { listNewest, readOne } from './definitions.ts';

/** Only a stock has to be counted. */
export function insertTemplate(template: CouponTemplate): Statement[] {
  const { id, definition } = template;
  const statements = [insertSet(couponTemplates, [template]), bumpConfig()];
  if (definition.stock !== null) {
    statements.push(
      insertSet(couponTemplateCounters, [{ templateId: id, issued: 0, stock: definition.stock }]),
    );
  }
  return statements;
}

/** With what has become of its coupons, whatever gave them. */
export type CountedTemplate = CouponTemplate & { readonly tally: Tally };

export async function listTemplates(db: Db, before: NewestFirst, limit: number): Promise<CountedTemplate[]> {
  const found = await listNewest(db, couponTemplates, before, limit);
  const tallies = await talliesBy(
    db,
    'template',
    found.map(({ id }) => id),
  );
  return found.map((template) => ({ ...template, tally: tallies.get(template.id) ?? noTally }));
}

export async function readTemplate(db: Db, id: TemplateId): Promise<CountedTemplate | null> {
  const [template, tallies] = await Promise.all([
    readOne(db, couponTemplates, id),
    talliesBy(db, 'template', [id]),
  ]);
  return template && { ...template, tally: tallies.get(id) ?? noTally };
}

export async function templatesNamed(
  db: Db,
  ids: readonly TemplateId[],
): Promise<ReadonlyMap<TemplateId, CouponTemplateDefinition>> {
  if (ids.length === 0) return new Map();
  const results = await db.batch([
    statement(
      `SELECT ${selectList(couponTemplates, 't')} FROM coupon_templates AS t WHERE t.id IN (SELECT value FROM json_each(?1))`,
      list(ids),
    ),
  ]);
  return new Map(
    decodeAll(couponTemplates, rowsAt(results, 0)).map(({ id, definition }) => [id, definition]),
  );
}
