/** 设置: replaced as a whole, or one part of them by whoever looks at that part alone. */
import type { MerchantSettings } from '../../../schema/index.ts';
import type { Db } from '../../db/db.ts';
import { putSettings, putSomeSettings } from '../../db/shop/settings.ts';

/** Fields left out return to their defaults. */
export async function replaceSettings(db: Db, settings: MerchantSettings): Promise<MerchantSettings> {
  await putSettings(db, settings);
  return settings;
}

/** Fields left out stay as they are, also those that somebody else changes at the same moment. */
export async function changeSettings(db: Db, part: Partial<MerchantSettings>): Promise<void> {
  if (Object.keys(part).length > 0) await putSomeSettings(db, part);
}
