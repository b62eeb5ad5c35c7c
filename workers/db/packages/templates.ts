/** 套餐模板 in the database: what the office sells; a package that was sold keeps what it was sold as. */
import { packageTemplates, type PackageTemplate, type PackageTemplateId } from '../../../schema/index.ts';
import { json, rowsAt, statement, type Db, type Statement } from '../db.ts';
import type { NewestFirst } from '../paging.ts';
import { decodeAll, insertSet, selectList } from '../set.ts';
import { listNewest, readOne } from '../shop/definitions.ts';

export const insertPackageTemplate = (row: PackageTemplate): Statement[] => [
  insertSet(packageTemplates, [row]),
];

export const listPackageTemplates = (
  db: Db,
  before: NewestFirst,
  limit: number,
): Promise<PackageTemplate[]> => listNewest(db, packageTemplates, before, limit);

export const readPackageTemplate = (db: Db, id: PackageTemplateId): Promise<PackageTemplate | null> =>
  readOne(db, packageTemplates, id);

export async function replacePackageTemplate(
  db: Db,
  next: PackageTemplate,
  read: PackageTemplate,
): Promise<'replaced' | 'stale'> {
  const results = await db.batch([
    statement(
      `UPDATE package_templates SET definition = ?2 WHERE id = ?1 AND definition = ?3 RETURNING id`,
      next.id,
      json(next.definition),
      json(read.definition),
    ),
  ]);
  return rowsAt(results, 0).length > 0 ? 'replaced' : 'stale';
}

/** More than a counter chooses from. */
const forSaleMax = 100;

/** 在卖的, the newest first. */
export async function templatesForSale(db: Db): Promise<PackageTemplate[]> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(packageTemplates, 't')} FROM package_templates AS t
       WHERE t.definition ->> 'enabled' = 1 ORDER BY t.created_at DESC, t.id LIMIT ${forSaleMax}`,
    ),
  ]);
  return decodeAll(packageTemplates, rowsAt(results, 0));
}
