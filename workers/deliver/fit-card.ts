/** 模板卡片: fills our slots into the fields of a template, in the form that WeChat accepts. */
import type { NoticeTemplate } from '../../schema/index.ts';
import { fitField } from '../wechat/fields.ts';
import { reasons } from './words/reasons.ts';
import type { Slots } from './words/words.ts';

export type Card = { readonly template_id: string; readonly data: Record<string, { value: string }> };

/** WeChat refuses the whole card when one field does not fit, so such a card is not sent. */
export function fitCard(
  template: NoticeTemplate | undefined,
  slots: Slots,
): { readonly card: Card } | { readonly why: string } {
  if (!template) return { why: reasons.noTemplate };
  const data: Card['data'] = {};
  for (const [field, slot] of Object.entries(template.fields)) {
    const fitted = fitField(field, slots[slot] ?? '');
    if (!fitted.ok) return { why: reasons.badField(field, slot, fitted.why) };
    data[field] = { value: fitted.value };
  }
  return { card: { template_id: template.id, data } };
}

/** For a card that fits. */
export function cardOf(template: NoticeTemplate | undefined, slots: Slots): Card {
  const fitted = fitCard(template, slots);
  if ('why' in fitted) throw new Error('a card is made only after it was found to fit');
  return fitted.card;
}
