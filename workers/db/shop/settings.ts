/** 设置 in the database. */
import { MerchantSettings, settings } from '../../../schema/index.ts';
import { bumpConfig } from '../world/apply.ts';
import { json, rowsAt, statement, type Db } from '../db.ts';
import { decodeAll, selectList } from '../set.ts';

export async function readSettings(db: Db): Promise<MerchantSettings> {
  const results = await db.batch([
    statement(`SELECT ${selectList(settings, 't')} FROM settings AS t WHERE t.key = 'merchant'`),
  ]);
  const [row] = decodeAll(settings, rowsAt(results, 0));
  return MerchantSettings.parse(row?.value ?? {});
}

export async function putSettings(db: Db, given: MerchantSettings): Promise<void> {
  await db.batch([
    statement(
      `INSERT INTO settings (key, value) VALUES ('merchant', ?1) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
      json(given),
    ),
    bumpConfig(),
  ]);
}
