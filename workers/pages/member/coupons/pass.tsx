/** 转给朋友: a link that is good once and for a day, with words to send along; until somebody has taken it, it can be taken back. */
import type { FC } from 'hono/jsx';
import { linkOf, offerCoupon, withdrawCoupon, type Passed } from '../../../commands/coupons/pass.ts';
import { isPassing } from '../../../decide/coupons/life.ts';
import { passHours, passMiss } from '../../../decide/coupons/passing.ts';
import { readOwnCoupon, type CouponPlace } from '../../../db/coupons/own-coupons.ts';
import type { CouponLife } from '../../../db/coupons/coupons.ts';
import { readSettings } from '../../../db/shop/settings.ts';
import { passMissWords } from '../../../words/misses/pass-misses.ts';
import { newWord } from '../../keys.ts';
import { page } from '../../page.ts';
import { couponAt, giftPath, passAt, passPath, pastCouponsPath } from '../../paths.ts';
import { tokenField, tokenOf } from '../../posted.tsx';
import type { Answered, View } from '../../ui/view.ts';
import { faceOf, momentOf } from '../../words.ts';
import { memberOnly, type MemberVisit } from '../gate.ts';

const placeIn = (of: string | null | undefined): CouponPlace | null => {
  const [issuedAt = NaN, place = NaN] = (of ?? '').split('-').map(Number);
  return Number.isSafeInteger(issuedAt) && Number.isSafeInteger(place) ? { issuedAt, place } : null;
};

export const passPage = page({
  path: passPath,
  title: '转给朋友',
  who: memberOnly,
  here: (asked) => {
    const place = placeIn(asked.get('of'));
    return place ? passAt(place) : passPath;
  },
  get: async (visit) => {
    const found = await ownIn(visit, visit.context.req.query('of'));
    return found ? shown(visit, found) : visit.context.redirect(pastCouponsPath);
  },
  post: async (visit, form) => {
    const found = await ownIn(visit, form.get('of'));
    // A friend has it by now, and it stands among those that are over.
    if (!found) return visit.context.redirect(pastCouponsPath, 303);
    return form.get('act') === 'withdraw' ? withdrawn(visit, found, form) : offered(visit, found, form);
  },
});

type Own = { readonly life: CouponLife; readonly place: CouponPlace };

async function ownIn({ deps, key }: MemberVisit, of: string | null | undefined): Promise<Own | null> {
  const place = placeIn(of);
  const life = place && (await readOwnCoupon(deps.engine.db, key, place));
  return life && place && { life, place };
}

async function offered(visit: MemberVisit, own: Own, form: URLSearchParams): Promise<Answered> {
  const once = form.get('once') ?? newWord();
  const done = await offerCoupon(visit.deps.engine, { coupon: own.life.coupon, once }, visit.now);
  return 'held' in done ? visit.context.redirect(passAt(own.place), 303) : sorry(visit, own, done);
}

async function withdrawn(visit: MemberVisit, own: Own, form: URLSearchParams): Promise<Answered> {
  const passId = form.get('pass') ?? '';
  const done = await withdrawCoupon(visit.deps.engine, { coupon: own.life.coupon, passId }, visit.now);
  return 'held' in done ? visit.context.redirect(couponAt(own.place), 303) : sorry(visit, own, done);
}

async function sorry(visit: MemberVisit, own: Own, done: Exclude<Passed, { held: unknown }>): Promise<View> {
  const why = 'miss' in done ? passMissWords(done.miss) : '刚才没有办成，请再点一次。';
  return { ...(await shown(visit, own, why)), status: 'miss' in done ? 409 : 503 };
}

async function shown(visit: MemberVisit, { life, place }: Own, why: string | null = null): Promise<View> {
  const { deps, session, now, context } = visit;
  const { coupon, template } = life;
  const [token, link, { shopName }] = await Promise.all([
    tokenOf(deps, session),
    linkOf(deps.engine, coupon, now),
    readSettings(deps.engine.db),
  ]);
  const miss = passMiss(coupon, template?.definition, now);
  const address = link === null ? null : new URL(`${giftPath}/${link}`, context.req.url).href;
  const isOnItsWay = isPassing(coupon, now);
  const problem = why ?? (miss && !isOnItsWay ? passMissWords(miss) : null);
  const fields = { token, of: `${place.issuedAt}-${place.place}` };
  return {
    body: (
      <section class="show" aria-labelledby="pass">
        <h1 id="pass">转给朋友</h1>
        <p class="lead">{life.template?.definition.name ?? '优惠券'}</p>
        {problem !== null && (
          <p class="note stop" role="status">
            {problem}
          </p>
        )}
        {address !== null ? (
          <OnItsWay {...{ life, now, shopName, address, fields }} />
        ) : (
          miss === null && <Offering fields={fields} />
        )}
        <p class="leave">
          <a href={couponAt(place)}>返回这张券</a>
        </p>
      </section>
    ),
  };
}

type Fields = { readonly token: string; readonly of: string };

const Hidden: FC<{ fields: Fields; act: string }> = ({ fields, act }) => (
  <>
    <input type="hidden" name={tokenField} value={fields.token} />
    <input type="hidden" name="of" value={fields.of} />
    <input type="hidden" name="act" value={act} />
  </>
);

const Offering: FC<{ fields: Fields }> = ({ fields }) => (
  <form method="post" action={passPath}>
    <ul class="terms">
      <li>生成一个链接，{passHours} 小时内有效，发给一位朋友，第一个收下的人得到这张券。</li>
      <li>朋友收下以前，您不能用这张券，可以随时收回。</li>
      <li>收下以后券就是朋友的，券码会换新，不能再转给别人。</li>
    </ul>
    <Hidden fields={fields} act="offer" />
    <input type="hidden" name="once" value={newWord()} />
    <button class="button">生成转赠链接</button>
  </form>
);

type Way = {
  readonly life: CouponLife;
  readonly now: number;
  readonly shopName: string;
  readonly address: string;
  readonly fields: Fields;
};

const OnItsWay: FC<Way> = ({ life: { coupon, template }, now, shopName, address, fields }) => {
  const { figure, unit } = template ? faceOf(template.definition) : { figure: '', unit: '' };
  const until = momentOf(coupon.passUntil ?? now, now);
  return (
    <>
      <p role="status">等朋友收下，{until} 以前有效；过了时间自动回到您的券包。</p>
      <p class="hint">长按下面这段话，复制了发给朋友：</p>
      <p class="tosend">
        {`送您一张${shopName}的「${template?.definition.name ?? '优惠券'}」（${figure}${unit}），${until} 前在微信里打开收下：${address}`}
      </p>
      <form method="post" action={passPath}>
        <Hidden fields={fields} act="withdraw" />
        <input type="hidden" name="pass" value={coupon.passId ?? ''} />
        <button class="button stop">收回，不转了</button>
      </form>
    </>
  );
};
