/** 领的是什么: a coupon before it is anybody's, and the field for its printed code. */
import type { FC } from 'hono/jsx';
import { validityWindow } from '../../../decide/coupons/coupons.ts';
import { defaultTimezone, type CouponTemplateDefinition } from '../../../../schema/index.ts';
import { conditionOf } from '../../../words/holdings/coupon-words.ts';
import { claimPath, couponAt, homePath } from '../../paths.ts';
import { tokenField } from '../../posted.tsx';
import { Field } from '../../ui/field.tsx';
import { faceOf, grouped, lastMomentOf, momentOf } from '../../words.ts';
import type { Wanted } from './claiming.ts';

type Shown = {
  readonly wanted: Wanted;
  readonly now: number;
  readonly token: string;
  readonly once: string;
  /** What the address said: it goes on with the form. */
  readonly carried: readonly (readonly [string, string])[];
  readonly registerAt: string;
  /** Why it cannot be claimed; null where it can. */
  readonly why: string | null;
  readonly isOpen: boolean;
};

/** Which code, which placement, and who sent the person here. */
export const carriedOf = (asked: URLSearchParams): [string, string][] =>
  ['code', 'at', 'guide', 'src'].flatMap((name): [string, string][] => {
    const value = asked.get(name);
    return value === null || value === '' ? [] : [[name, value]];
  });

export const OfferShown: FC<Shown> = ({ wanted, now, token, once, carried, registerAt, why, isOpen }) => {
  const { offer } = wanted;
  const { definition } = offer.template;
  const { figure, unit } = faceOf(definition);
  return (
    <section class="show" aria-labelledby="offer">
      <h1 id="offer">{definition.name}</h1>
      <p class="worth">
        {figure}
        {unit}
      </p>
      <p>{conditionOf(definition)}</p>
      <ul class="terms">
        {termsOf(wanted, now).map((term) => (
          <li>{term}</li>
        ))}
      </ul>
      {why !== null && (
        <p class="note stop" role="status">
          {why}
        </p>
      )}
      {isOpen && offer.memberId === null && (
        <p>
          <a class="button" href={registerAt}>
            注册会员后领取
          </a>
        </p>
      )}
      {isOpen && offer.memberId !== null && (
        <form method="post">
          <input type="hidden" name={tokenField} value={token} />
          <input type="hidden" name="once" value={once} />
          {carried.map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <button class="button">领取</button>
        </form>
      )}
      <p class="leave">
        {offer.newest && <a href={couponAt(offer.newest)}>看我领到的券</a>}
        <a href={homePath}>去会员中心</a>
      </p>
    </section>
  );
};

/** Until when it can be claimed and used, where, and how many there are. */
function termsOf({ offer, placement }: Wanted, now: number): string[] {
  const { batch, template, storeNames } = offer;
  const { definition } = batch;
  const { from, to, perMember } = definition;
  const placed = definition.kind === 'link' ? definition.placements[placement ?? -1] : undefined;
  const storeId = placed?.storeId ?? definition.storeId;
  const left = batch.limitCount === null ? null : batch.limitCount - batch.claimed;
  return [
    ...(from !== null && Date.parse(from) > now ? [`${momentOf(Date.parse(from), now)} 起可以领`] : []),
    ...(to === null ? [] : [`领取截止：${lastMomentOf(Date.parse(to), now)}`]),
    validOf(template.definition, now),
    whereOf(template.definition, storeNames, storeId),
    `每人限领 ${perMember} 张`,
    ...(definition.kind === 'link' && left !== null && left > 0 ? [`还剩 ${grouped(left)} 张`] : []),
  ];
}

function validOf({ validity }: CouponTemplateDefinition, now: number): string {
  if ('superMember' in validity) return '只给超级会员，和您的超级会员一起到期';
  const { validFrom, validTo } = validityWindow(validity, now, defaultTimezone);
  const until = lastMomentOf(validTo, now);
  if (validFrom <= now) return 'fixed' in validity ? `有效期至 ${until}` : `现在领，有效期至 ${until}`;
  return 'fixed' in validity
    ? `${momentOf(validFrom, now)} 起可用，至 ${until}`
    : `现在领，${momentOf(validFrom, now)} 起可用，至 ${until}`;
}

function whereOf(
  { kind, stores }: CouponTemplateDefinition,
  names: ReadonlyMap<string, string>,
  storeId: string | null,
): string {
  if (kind === 'partner') return '在合作商家使用';
  if (stores === null) return '全部门店可用';
  if (stores === 'claiming')
    return storeId === null ? '在您的门店使用' : `只能在${names.get(storeId) ?? storeId}使用`;
  return `可用门店：${stores.map((id) => names.get(id) ?? id).join('、')}`;
}

/** Sent as an address, it works without a script, and comes back to the same page after a login. */
export const CodeForm: FC<{ typed: string; problem?: string }> = ({ typed, problem }) => (
  <form class="sheet" method="get" action={claimPath}>
    <h1>输入券码</h1>
    <p class="lead">照着印的码输入，大小写都行，横线可以不打。</p>
    <Field
      label="券码"
      name="code"
      autocomplete="off"
      maxlength={40}
      required
      value={typed}
      problem={problem}
    />
    <button class="button">查看这张券</button>
    <p class="second">
      <a href={homePath}>去会员中心</a>
    </p>
  </form>
);
