/** 作废: as if the sale had never earned anything. */
import type { SaleVoided } from '../../../../schema/index.ts';
import { ignore, park, type Decision } from '../../effects.ts';
import type { On } from '../define.ts';
import { askForUsed } from '../../points/on-receipt.ts';
import { ofKeptSale } from '../../sales/numbers/former-numbers.ts';
import { voidOfAnother } from '../../sales/numbers/which-sale.ts';
import type { World } from '../../world.ts';
import { takeBack } from './refund-completed.ts';

export const saleVoided: On<SaleVoided> = {
  needs({ saleId, formerly }, ask) {
    ask.sale(saleId);
    for (const id of formerly?.ids ?? []) ask.sale(id);
    for (const id of [saleId, ...(formerly?.ids ?? [])]) askForUsed(id, ask);
    ask.deep();
  },
  asKept: ofKeptSale,
  decide: onSaleVoided,
};

function onSaleVoided(world: World, event: SaleVoided): Decision {
  const sale = world.sales.get(event.saleId);
  if (!sale) return { verdict: 'waiting', saleId: event.saleId };
  const another = voidOfAnother(sale, event);
  if (another) return park(another);
  if (sale.voidedAt !== null) return ignore({ code: 'SALE_VOID_ALREADY', orderNo: sale.orderNo });
  return takeBack(world, sale, {
    refunds: world.refunds.get(sale.id) ?? [],
    voidedAt: event.occurredAt,
    effects: [],
    cause: `void:${sale.id}`,
    at: event.occurredAt,
    storeId: sale.storeId,
  });
}
