/** 可以选的: coupons, stores, associates, levels and goods, by name, so that a group is chosen by clicks alone. */
import { readKnownGroups } from '../../../db/coupons/known-groups.ts';
import { listAssociates } from '../../../db/shop/associates.ts';
import type { Choices } from '../form/words.ts';
import type { Visit } from '../kit/visit.ts';
import { storesOf } from '../kit/visit.ts';
import { promotionChoices } from '../promotions/choices.ts';

export async function jobChoices({ db, person }: Visit): Promise<Choices> {
  const [promotions, associates, known] = await Promise.all([
    promotionChoices(db),
    listAssociates(db),
    readKnownGroups(db),
  ]);
  const own = storesOf(person);
  return {
    templateId: promotions['templateId'] ?? [],
    storeId: (promotions['stores'] ?? []).filter(({ value }) => own === null || own.includes(value as never)),
    associateId: associates
      .filter(({ storeId }) => own === null || (storeId !== null && own.includes(storeId)))
      .map(({ id, name }) => ({ value: id, label: name })),
    category: known.categories,
    sku: known.products,
    level: known.levels.map((level) => ({ value: level, label: level })),
  };
}

/** What an audience names, as it is called. */
export function nameIn(choices: Choices): (id: string) => string {
  const names = new Map(
    Object.values(choices).flatMap((some) => some.map(({ value, label }) => [value, label] as const)),
  );
  return (id) => names.get(id) ?? id;
}
