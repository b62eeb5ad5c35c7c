/** 付款号: which payments paid a sale, told apart from it; a return that names only the payment finds it by them. */
import type { SalePaid } from '../../../../schema/index.ts';
import { accept, ignore, type Decision } from '../../effects.ts';
import { paidBy } from '../../sales/numbers/paid-by.ts';
import { ofKeptSale } from '../../sales/numbers/former-numbers.ts';
import type { World } from '../../world.ts';
import type { On } from '../define.ts';

export const salePaid: On<SalePaid> = {
  needs({ saleId, formerly, payments }, ask) {
    ask.sale(saleId);
    for (const id of formerly?.ids ?? []) ask.sale(id);
    for (const payment of payments) ask.rows('salePayments', payment);
    // A return that waited for the payment is decided with it.
    ask.deep();
  },
  asKept: ofKeptSale,
  decide: onSalePaid,
  tells: ({ payments }) => payments,
};

/** It may come before its sale. */
function onSalePaid(world: World, { saleId, payments }: SalePaid): Decision {
  const effects = paidBy(world, payments, saleId);
  return effects.length === 0 ? ignore({ code: 'NOTHING_NEW', about: 'payment' }) : accept(effects);
}
