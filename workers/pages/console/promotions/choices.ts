/** 可以选的: what a form may name of the shop: coupons, stores, levels of a name, categories. */
import { endOfTime } from '../../../db/paging.ts';
import type { Db } from '../../../db/db.ts';
import { listPackageTemplates } from '../../../db/packages/templates.ts';
import { listTemplates } from '../../../db/shop/coupon-templates.ts';
import { listStores } from '../../../db/shop/stores.ts';
import type { Choices } from '../form/words.ts';

const templatesMax = 500;

export async function promotionChoices(db: Db): Promise<Choices> {
  const [templates, stores, packages] = await Promise.all([
    listTemplates(db, { at: endOfTime, id: '' }, templatesMax),
    listStores(db),
    listPackageTemplates(db, { at: endOfTime, id: '' }, templatesMax),
  ]);
  return {
    templateId: templates.map(({ id, definition }) => ({ value: id, label: definition.name })),
    // Without any, those of a till are typed.
    ...(packages.length > 0 && {
      packageIds: packages.map(({ id, definition }) => ({ value: id, label: definition.name })),
    }),
    stores: stores.map(({ id, name }) => ({ value: id, label: name })),
  };
}
