/** 健康检查: whether the database answers and the settings are plausible; shows no value. */
import type { Db } from '../../db/db.ts';
import { isMigrated } from '../../db/upkeep/migrated.ts';
import { version } from '../../platform/version.ts';
import { withTimeout } from '../../platform/timeout.ts';
import { checkSettings, type AccountSettings } from '../../wechat/settings-check.ts';

export type Health = {
  readonly ok: boolean;
  readonly database: 'ok' | 'unreachable' | 'not-migrated';
  /**
   * off: no account is configured. Otherwise the settings that are missing or malformed; see `GET /api/v1/wechat/diagnosis`.
   */
  readonly wechat: 'off' | 'ok' | readonly string[];
  readonly version: string;
};

const databaseTimeoutMs = 1_500;

export async function health(db: Db, settings: AccountSettings): Promise<Health> {
  const database = await databaseState(db);
  const wechat = wechatState(settings);
  return { ok: database === 'ok' && (wechat === 'ok' || wechat === 'off'), database, wechat, version };
}

async function databaseState(db: Db): Promise<Health['database']> {
  try {
    return (await withTimeout(isMigrated(db), databaseTimeoutMs)) ? 'ok' : 'not-migrated';
  } catch {
    return 'unreachable';
  }
}

function wechatState(settings: AccountSettings): Health['wechat'] {
  if (settings.appId === '' && settings.token === '') return 'off';
  const faults = checkSettings(settings).map(({ setting, fault }) => `${setting} ${fault}`);
  return faults.length === 0 ? 'ok' : faults;
}
