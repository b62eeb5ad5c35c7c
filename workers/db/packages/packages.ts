/** 套餐 in the database: one by its number or code, those of a member, and what was redeemed of them. */
import {
  packages,
  packageUses,
  type IdentityKey,
  type MemberId,
  type Package,
  type PackageId,
  type PackageUse,
  type PackageUseId,
  type StoreId,
} from '../../../schema/index.ts';
import { codeTyped } from '../../decide/coupons/codes.ts';
import { rowsAt, statement, type Db, type Value } from '../db.ts';
import type { NewestFirst } from '../paging.ts';
import { decodeAll, selectList } from '../set.ts';

const selectPackages = `SELECT ${selectList(packages, 't')} FROM packages AS t`;
const selectUses = `SELECT ${selectList(packageUses, 't')} FROM package_uses AS t`;

async function packagesWhere(db: Db, found: string, ...params: readonly Value[]): Promise<Package[]> {
  const results = await db.batch([statement(`${selectPackages} ${found}`, ...params)]);
  return decodeAll(packages, rowsAt(results, 0));
}

async function usesWhere(db: Db, found: string, ...params: readonly Value[]): Promise<PackageUse[]> {
  const results = await db.batch([statement(`${selectUses} ${found}`, ...params)]);
  return decodeAll(packageUses, rowsAt(results, 0));
}

export const readPackage = async (db: Db, id: PackageId): Promise<Package | null> =>
  (await packagesWhere(db, 'WHERE t.id = ?1', id))[0] ?? null;

/** 扫码, or typed: as forgiving as a coupon's code. Of whoever was forgotten there is none. */
export const packageCoded = async (db: Db, typed: string): Promise<Package | null> =>
  (
    await packagesWhere(
      db,
      'JOIN members AS m ON m.id = t.member_id AND m.deleted_at IS NULL WHERE t.code = ?1',
      codeTyped(typed),
    )
  )[0] ?? null;

/** The newest first. */
export const packagesOf = (
  db: Db,
  memberId: MemberId,
  before: NewestFirst,
  limit: number,
): Promise<Package[]> =>
  packagesWhere(
    db,
    'WHERE t.member_id = ?1 AND (t.sold_at, t.id) < (?2, ?3) ORDER BY t.sold_at DESC, t.id DESC LIMIT ?4',
    memberId,
    before.at,
    before.id,
    limit,
  );

/** Those that something can be redeemed of, what ends first first. */
export const openPackagesOf = (
  db: Db,
  memberId: MemberId,
  { now, limit }: { readonly now: number; readonly limit: number },
): Promise<Package[]> =>
  packagesWhere(
    db,
    `WHERE t.member_id = ?1 AND t.refunded_at IS NULL AND t.used < t.count AND (t.valid_until IS NULL OR t.valid_until > ?2)
     ORDER BY t.valid_until IS NULL, t.valid_until, t.sold_at, t.id LIMIT ?3`,
    memberId,
    now,
    limit,
  );

/** 留存: how many packages she ever had, and how many pieces she can still have. */
export type HeldPieces = { readonly packages: number; readonly pieces: number };

export async function heldPiecesOf(
  db: Db,
  of: { readonly memberId: MemberId } | { readonly key: IdentityKey },
  now: number,
): Promise<HeldPieces> {
  const [owner, id] =
    'memberId' in of ? ['?1', of.memberId] : ['(SELECT member_id FROM identities WHERE key = ?1)', of.key];
  const results = await db.batch([
    statement(
      `SELECT count(*) AS packages, coalesce(sum(iif(refunded_at IS NULL AND (valid_until IS NULL OR valid_until > ?2), count - used, 0)), 0) AS pieces
       FROM packages WHERE member_id = ${owner}`,
      id,
      now,
    ),
  ]);
  const [row] = rowsAt(results, 0);
  return { packages: Number(row?.['packages'] ?? 0), pieces: Number(row?.['pieces'] ?? 0) };
}

export const readUse = async (db: Db, id: PackageUseId): Promise<PackageUse | null> =>
  (await usesWhere(db, 'WHERE t.id = ?1', id))[0] ?? null;

type Lately = { readonly since: number; readonly limit: number };

/** Not undone, the newest first. */
export const openUsesOf = (db: Db, memberId: MemberId, { since, limit }: Lately): Promise<PackageUse[]> =>
  usesWhere(
    db,
    `WHERE t.package_id IN (SELECT id FROM packages WHERE member_id = ?1) AND t.at > ?2 AND t.undone_at IS NULL ORDER BY t.at DESC, t.id DESC LIMIT ?3`,
    memberId,
    since,
    limit,
  );

type UseNamed = {
  readonly itemId: string;
  readonly count: number | null;
  readonly storeId: StoreId;
};

/** What whoever stands in that store did last, and may have done by mistake. */
export const lastUseOf = async (
  db: Db,
  id: PackageId,
  { itemId, count, storeId }: UseNamed,
): Promise<PackageUse | null> =>
  (
    await usesWhere(
      db,
      `WHERE t.package_id = ?1 AND t.undone_at IS NULL AND t.item_id = ?2 AND t.store_id = ?3 AND (?4 IS NULL OR t.count = ?4)
       ORDER BY t.at DESC, t.id DESC LIMIT 1`,
      id,
      itemId,
      storeId,
      count,
    )
  )[0] ?? null;
