/** 设置: replaced as a whole, or one part of them by whoever looks at that part alone. */
import { MerchantSettings } from '../../../schema/index.ts';
import type { Db } from '../../db/db.ts';
import { putSettings, putSomeSettings, readSettings } from '../../db/shop/settings.ts';
import type { Problem } from '../../platform/problem.ts';
import { mergePatch } from '../definitions/merge-patch.ts';
import { invalid } from '../invalid.ts';

/** Fields left out return to their defaults. */
export async function replaceSettings(db: Db, settings: MerchantSettings): Promise<MerchantSettings> {
  await putSettings(db, settings);
  return settings;
}

/** Fields left out stay as they are, also those that somebody else changes at the same moment. */
export async function changeSettings(db: Db, part: Partial<MerchantSettings>): Promise<void> {
  if (Object.keys(part).length > 0) await putSomeSettings(db, part);
}

type Patch = Readonly<Record<string, unknown>>;

/** By a JSON merge patch: null returns a field to its default, and parts that it does not name are not written. */
export async function patchSettings(db: Db, patch: Patch): Promise<MerchantSettings | Problem> {
  const parsed = MerchantSettings.safeParse(mergePatch(await readSettings(db), patch));
  if (!parsed.success) return invalid(parsed.error);
  const named = Object.entries(parsed.data).filter(([name]) => Object.hasOwn(patch, name));
  await changeSettings(db, Object.fromEntries(named));
  return readSettings(db);
}
