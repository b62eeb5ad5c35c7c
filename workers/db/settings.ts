/** 设置 in the database. */
import { MerchantSettings } from '../../schema/index.ts';
import { bumpConfig } from './apply.ts';
import { rowsAt, statement, type Db } from './db.ts';

export async function readSettings(db: Db): Promise<MerchantSettings> {
  const results = await db.batch([statement(`SELECT value FROM settings WHERE key = 'merchant'`)]);
  return MerchantSettings.parse(JSON.parse(String(rowsAt(results, 0)[0]?.['value'] ?? '{}')));
}

export async function putSettings(db: Db, settings: MerchantSettings): Promise<void> {
  await db.batch([
    statement(
      `INSERT INTO settings (key, value) VALUES ('merchant', ?1) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
      JSON.stringify(settings),
    ),
    bumpConfig(),
  ]);
}
