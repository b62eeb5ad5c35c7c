/** 券: drawn up once and given by campaigns; never changed, because members hold coupons that refer to it. */
import type { CouponTemplate } from '../../../../schema/index.ts';
import { couponTemplates } from '../../../commands/definitions/coupon-templates.ts';
import { couponKindOf } from '../../../decide/coupons/kinds/index.ts';
import { termsOf } from '../../../words/holdings/coupon-words.ts';
import { faceOf } from '../../words.ts';
import { count, day } from '../kit/format.ts';
import { office } from '../kit/nav.ts';
import { couponWords } from '../words/forms/promotions/coupon.ts';
import { promotionChoices } from './choices.ts';
import type { CountedTemplate } from '../../../db/shop/coupon-templates.ts';
import { templatePath, templatesPath } from '../coupons/paths.ts';
import { tallyColumns } from './tally.ts';
import { fixedScreens } from './definition.tsx';

export const couponScreens = fixedScreens({
  definition: couponTemplates,
  path: templatesPath,
  who: office,
  noun: '券',
  lead: '先建券，再在活动里送出去，或者发给会员。券发出去以后不能改，要换就新建一张。有效率是用掉的除以发出的，收回的也算发出。',
  empty: <p>还没有券。建一张“满100减10”，就能用在活动里。</p>,
  words: couponWords,
  choices: ({ db }) => promotionChoices(db),
  blank: { kind: 'cash', validity: { relative: { afterDays: 0, forDays: 30 } } },
  createAct: 'template.create',
  columns: () => [
    { label: '券名', show: ({ id, definition }) => <a href={templatePath(id)}>{definition.name}</a> },
    { label: '种类', show: ({ definition }) => sortOf(definition) },
    { label: '门槛', show: ({ definition }) => termsOf(definition) },
    { label: '有效期', show: ({ definition }) => validityOf(definition) },
    {
      label: '库存',
      show: ({ definition }) => (definition.stock === null ? '不限' : `${count(definition.stock)} 张`),
    },
    ...tallyColumns<CountedTemplate>(({ tally }) => tally),
    { label: '建于', show: ({ createdAt }) => day(createdAt) },
  ],
});

type Drawn = CouponTemplate['definition'];

export function sortOf(definition: Drawn): string {
  const { figure, unit } = faceOf(definition);
  return `${couponKindOf(definition).label}${unit === '' ? '' : ` ${figure}${unit}`}`;
}

export function validityOf({ validity }: Drawn): string {
  if ('fixed' in validity)
    return `${day(Date.parse(validity.fixed.from))} 至 ${day(Date.parse(validity.fixed.to))}`;
  if ('superMember' in validity) return '和超级会员一起到期';
  const { afterDays, forDays } = validity.relative;
  return afterDays === 0 ? `领到后 ${forDays} 天` : `领到 ${afterDays} 天后起 ${forDays} 天`;
}
