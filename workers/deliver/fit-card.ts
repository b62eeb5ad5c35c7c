/** 模板卡片: fills our slots into the fields of a template, in the form that WeChat accepts. */
import type { NoticeTemplate } from '../../schema/index.ts';
import { fitField, type Fitted } from '../wechat/fields.ts';
import { reasons } from './words/reasons.ts';
import type { Slots } from './words/define.ts';

export type Card = { readonly template_id: string; readonly data: Record<string, { value: string }> };

/** WeChat refuses the whole card when one field does not fit, so such a card is not sent. */
export function fitCard(
  template: NoticeTemplate | undefined,
  slots: Slots,
): { readonly card: Card } | { readonly why: string } {
  if (!template) return { why: reasons.noTemplate };
  const data: Card['data'] = {};
  for (const [field, slot] of Object.entries(template.fields)) {
    const fitted = fitOr(field, slots[slot] ?? '', standIns[slot]);
    if (!fitted.ok) return { why: reasons.badField(field, slot, fitted.why) };
    data[field] = { value: fitted.value };
  }
  return { card: { template_id: template.id, data } };
}

/** 代称: what stands for a name of which nothing lawful is left, such as a nickname of digits or emoji alone. */
export const standIns: Slots = { member: '会员', store: '门店', product: '商品', shop: '本店' };

/** A message is not lost for a name. */
function fitOr(field: string, value: string, standIn: string | undefined): Fitted {
  const fitted = fitField(field, value);
  return fitted.ok || standIn === undefined ? fitted : fitField(field, standIn);
}

/** For a card that fits. */
export function cardOf(template: NoticeTemplate | undefined, slots: Slots): Card {
  const fitted = fitCard(template, slots);
  if ('why' in fitted) throw new Error('a card is made only after it was found to fit');
  return fitted.card;
}
