/** 选商品: which codes of goods stand in a form, and what the shop calls them; asked before a form is drawn. */
import { findGoods, nameGoods, type GoodsKind, type Named } from '../../../db/shop/goods.ts';
import type { Db } from '../../../db/db.ts';
import type { Field, Leaf } from './field.ts';
import { at, choiceName, countOf, isAbsent, lastOf } from './read.ts';
import { codesIn, findName, isFinding, warnedName, type Typed } from './typed.ts';

/** As many as one looks over; who seeks one among more writes more of its name. */
const foundMax = 30;
const kinds: readonly GoodsKind[] = ['category', 'brand', 'sku', 'tag', 'store'];

export type Goods = {
  /** Undefined was never seen in this shop. */
  readonly nameOf: (kind: GoodsKind, code: string) => string | undefined;
  /** Every store; what was looked for under this path. */
  readonly found: (kind: GoodsKind, path: string) => Found | null;
  /** Codes that nobody has been told yet are not known here. */
  readonly isUnwarned: boolean;
};
export type Found = { readonly part: string; readonly items: readonly Named[]; readonly isMore: boolean };

type Pick = { readonly path: string; readonly kind: GoodsKind; readonly codes: readonly string[] };

/** By the choice that stands beside the codes; before a choice is made, as the form shows it. */
export function kindOf({ picks }: Leaf, typed: Typed, path: string): GoodsKind {
  const chosen = picks && typed.get(path.replace(/[^.]+$/, picks.beside));
  return kinds.find((kind) => kind === chosen) ?? 'category';
}

/** Every field of the form that is there now and names goods. */
function picksIn(field: Field, typed: Typed, path = ''): Pick[] {
  const inner = (fields: readonly Field[]): Pick[] =>
    fields
      .filter((one) => !isAbsent(one, typed, path))
      .flatMap((one) => picksIn(one, typed, at(path, lastOf(one.name))));
  if (field.is === 'group') return inner(field.fields);
  if (field.is === 'one-of') {
    const chosen = typed.get(choiceName(field, path));
    return inner((field.options.find(({ value }) => value === chosen) ?? field.options[0])?.fields ?? []);
  }
  if (field.is === 'several')
    return Array.from({ length: countOf(typed, path) }, (_, place) => `${path}[${place}]`).flatMap((own) =>
      picksIn(field.item, typed, own),
    );
  if (field.is === 'pairs' || !field.picks) return [];
  return [{ path, kind: kindOf(field, typed, path), codes: codesIn(typed, path) }];
}

export async function goodsFor(db: Db, field: Field, typed: Typed): Promise<Goods> {
  const picks = picksIn(field, typed);
  const names = new Map<string, string>();
  for (const kind of kinds) {
    const codes = new Set(picks.filter((pick) => pick.kind === kind).flatMap((pick) => pick.codes));
    for (const { code, name } of await nameGoods(db, kind, [...codes])) names.set(`${kind}\n${code}`, name);
  }
  const nameOf: Goods['nameOf'] = (kind, code) => names.get(`${kind}\n${code}`);
  const asked = picks.find(({ path }) => isFinding(typed, path));
  const part = asked === undefined ? '' : (typed.get(findName(asked.path)) ?? '').trim();
  const found = asked && foundOf(part, await findGoods(db, asked.kind, part, foundMax + 1));
  const hasStores = picks.some(({ kind }) => kind === 'store');
  const stores = hasStores ? foundOf('', await findGoods(db, 'store', '', foundMax + 1)) : null;
  return {
    nameOf,
    found: (kind, path) =>
      found && path === asked.path && kind === asked.kind ? found : kind === 'store' ? stores : null,
    isUnwarned: picks.some(({ path, kind, codes }) =>
      codes.some(
        (code) => nameOf(kind, code) === undefined && !typed.getAll(warnedName(path)).includes(code),
      ),
    ),
  };
}

const foundOf = (part: string, items: readonly Named[]): Found => ({
  part,
  items: items.slice(0, foundMax),
  isMore: items.length > foundMax,
});
