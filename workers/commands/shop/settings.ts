/** 设置: replaced as a whole; fields left out return to their defaults. */
import type { MerchantSettings } from '../../../schema/index.ts';
import type { Db } from '../../db/db.ts';
import { putSettings } from '../../db/shop/settings.ts';

export async function replaceSettings(db: Db, settings: MerchantSettings): Promise<MerchantSettings> {
  await putSettings(db, settings);
  return settings;
}
