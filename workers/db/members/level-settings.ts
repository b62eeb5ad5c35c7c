/** 等级规则, read in one batch with the members that they are said of. */
import { LevelSettings } from '../../../schema/index.ts';
import { statement, type Row, type Statement } from '../db.ts';

export const selectLevels = (): Statement =>
  statement(`SELECT value -> '$.levels' AS levels FROM settings WHERE key = 'merchant'`);

export const levelsIn = ([row]: readonly Row[]): LevelSettings =>
  LevelSettings.parse(typeof row?.['levels'] === 'string' ? JSON.parse(row['levels']) : {});
