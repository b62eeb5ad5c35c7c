/** 用在哪些商品上: the goods that a coupon is for or not for, by their names, wherever somebody asks why it cannot be used. */
import type { Scope, ScopeEntry } from '../../schema/index.ts';
import type { Db } from '../db/db.ts';
import { nameGoods } from '../db/shop/goods.ts';

/** Who wants more of them asks the office. */
const namedMax = 8;

/** Lines such as 只能买：奶粉、纸尿裤 等 12 种; none where it is for everything. */
export async function goodsOf(db: Db, { include, exclude }: Scope): Promise<string[]> {
  const [only, but] = await Promise.all([called(db, include), called(db, exclude)]);
  return [...(only === '' ? [] : [`只能用在：${only}`]), ...(but === '' ? [] : [`不能用在：${but}`])];
}

async function called(db: Db, entries: readonly ScopeEntry[]): Promise<string> {
  let left = namedMax;
  const names: string[] = [];
  for (const { kind, ids } of entries) {
    const asked = ids.slice(0, left);
    left -= asked.length;
    const known = new Map((await nameGoods(db, kind, asked)).map(({ code, name }) => [code, name]));
    names.push(...asked.map((id) => known.get(id) ?? id));
  }
  const all = entries.reduce((sum, { ids }) => sum + ids.length, 0);
  return names.join('、') + (all > names.length ? ` 等 ${String(all)} 种` : '');
}
