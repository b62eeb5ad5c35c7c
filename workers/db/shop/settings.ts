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

/** Only what is given; whatever others change at the same moment stays. */
export async function putSomeSettings(db: Db, given: Partial<MerchantSettings>): Promise<void> {
  const entries = Object.entries(given);
  const places = entries.map((_, place) => `?${2 * place + 2}, json(?${2 * place + 3})`);
  const params = entries.flatMap(([key, value]) => [`$.${key}`, json(value)]);
  await db.batch([
    statement(
      `INSERT INTO settings (key, value) VALUES ('merchant', ?1)
         ON CONFLICT (key) DO UPDATE SET value = json_set(settings.value, ${places.join(', ')})`,
      json(MerchantSettings.parse(given)),
      ...params,
    ),
    bumpConfig(),
  ]);
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
