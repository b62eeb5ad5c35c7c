/** 一张券: shown at the till as a QR code, a barcode and in writing, with what it works on, why not yet, and what has become of it. */
import { raw } from 'hono/html';
import { renderSVG } from 'uqr';
import { readOwnCoupon, type CouponPlace } from '../../../db/coupons/own-coupons.ts';
import type { CouponLife } from '../../../db/coupons/coupons.ts';
import { couponKindOf } from '../../../decide/coupons/kinds/index.ts';
import { codeOfCoupon, isPassing, standingOf } from '../../../decide/coupons/life.ts';
import { passMiss } from '../../../decide/coupons/passing.ts';
import { termsOf } from '../../../words/holdings/coupon-words.ts';
import { page } from '../../page.ts';
import { couponPath, homePath, passAt } from '../../paths.ts';
import { standingWords } from './coupon-standing.ts';
import { memberOnly } from '../gate.ts';
import { goodsOf } from '../../../views/coupon-goods.ts';
import { renderBarcode } from '../../ui/barcode.ts';
import { faceOf, inFours, momentOf } from '../../words.ts';

/** Whoever has just claimed it is told that it worked. */
const welcomeMs = 2 * 60_000;

export const couponPage = page({
  path: couponPath,
  title: '优惠券',
  who: memberOnly,
  here: (asked) => {
    const of = asked.get('of');
    return of === null ? couponPath : `${couponPath}?of=${encodeURIComponent(of)}`;
  },
  get: async (visit) => {
    const [issuedAt = NaN, place = NaN] = (visit.context.req.query('of') ?? '').split('-').map(Number);
    const isNamed = Number.isSafeInteger(issuedAt) && Number.isSafeInteger(place);
    const { engine } = visit.deps;
    const life = isNamed ? await readOwnCoupon(engine.db, visit.key, { issuedAt, place }) : null;
    return life
      ? {
          body: (
            <Shown
              life={life}
              goods={life.template ? await goodsOf(engine.db, life.template.definition.scope) : []}
              place={{ issuedAt, place }}
              now={visit.now}
            />
          ),
        }
      : visit.context.redirect(homePath);
  },
});

const actWords = {
  locked: '收银台占用',
  released: '收银台放开',
  used: '核销',
  settled: '小票已上传',
  'given-back': '退回',
  revoked: '收回',
  refunded: '退款',
  granted: '店里送的',
  offered: '发出转赠链接',
  withdrawn: '收回转赠链接',
  passed: '朋友转给您',
} as const;

type Showing = {
  readonly life: CouponLife;
  readonly goods: readonly string[];
  readonly place: CouponPlace;
  readonly now: number;
};

function Shown({ life, goods, place, now }: Showing) {
  const { coupon, template } = life;
  if (!template) return <p class="empty">这张券已经没有了。</p>;
  const { definition } = template;
  const { figure, unit } = faceOf(definition);
  const isShown = ['issued', 'locked'].includes(standingOf(coupon, now)) && coupon.validFrom <= now;
  return (
    <section class="show" aria-labelledby="coupon">
      {coupon.batchId !== null && coupon.state === 'issued' && now - coupon.issuedAt < welcomeMs && (
        <p class="note good" role="status">
          领到了，券已经放进您的券包。
        </p>
      )}
      <h1 id="coupon">{definition.name}</h1>
      <p class="worth">
        {figure}
        {unit}
      </p>
      <p>{termsOf(definition)}</p>
      {goods.map((line) => (
        <p>{line}</p>
      ))}
      <p role="status">{standingWords(coupon, now)}</p>
      {isShown && (
        <>
          <div class="qr" role="img" aria-label="券的二维码">
            {raw(renderSVG(codeOfCoupon(coupon), { border: 2 }))}
          </div>
          <div class="bars" role="img" aria-label="券的条形码">
            {raw(renderBarcode(codeOfCoupon(coupon)))}
          </div>
          <p class="written" data-code={codeOfCoupon(coupon)}>
            {inFours(codeOfCoupon(coupon))}
          </p>
          <p class="empty">
            {couponKindOf(definition).isPartners
              ? '请到合作商家出示。'
              : '付款前给收银员扫一扫，扫不了就报券码。'}
          </p>
        </>
      )}
      <Moves life={life} now={now} />
      <p class="leave">
        {(isPassing(coupon, now) || passMiss(coupon, definition, now) === null) && (
          <a href={passAt(place)}>转给朋友</a>
        )}
        <a href={homePath}>返回</a>
      </p>
    </section>
  );
}

/** What it went through in a friend's hands is the friend's. */
function Moves({ life: { coupon, moves }, now }: Pick<Showing, 'life' | 'now'>) {
  const { passedAt } = coupon;
  const since = passedAt === null ? 0 : moves.findIndex(({ act }) => act === 'passed');
  return (
    <>
      <h2>经过</h2>
      <ol class="moves">
        {passedAt === null && <li>{momentOf(coupon.issuedAt, now)} 领到</li>}
        {moves.slice(Math.max(0, since)).map(({ act, at }) => (
          <li>
            {momentOf(at, now)} {actWords[act]}
          </li>
        ))}
      </ol>
    </>
  );
}
