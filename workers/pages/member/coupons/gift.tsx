/** 朋友转来的券: what a friend passed on, until when it can be taken, and one button; whoever is no member becomes one first. */
import { openLink, takeCoupon, type Opened } from '../../../commands/coupons/pass.ts';
import { placeOf } from '../../../db/coupons/batches.ts';
import type { CouponLife } from '../../../db/coupons/coupons.ts';
import { termsOf } from '../../../words/holdings/coupon-words.ts';
import { passMissWords } from '../../../words/misses/pass-misses.ts';
import { page, person, type Visit } from '../../page.ts';
import { couponAt, giftPath, homePath, registerWith } from '../../paths.ts';
import { tokenField, tokenOf } from '../../posted.tsx';
import { Message } from '../../ui/message.tsx';
import { message, type Answered, type View } from '../../ui/view.ts';
import { faceOf, lastMomentOf, momentOf } from '../../words.ts';
import { keyOf } from '../gate.ts';

export const giftPage = page({
  path: `${giftPath}/:link`,
  title: '朋友送您一张券',
  who: person,
  get: async (visit) => {
    const opened = await openedBy(visit);
    if (!opened) return gone();
    return opened.isTheirs ? toCoupon(visit, opened.life) : shown(visit, opened);
  },
  post: async (visit) => {
    const opened = await openedBy(visit);
    if (!opened) return gone();
    const { life, memberId } = opened;
    if (memberId === null) return shown(visit, opened);
    const done = await takeCoupon(visit.deps.engine, { coupon: life.coupon, memberId }, visit.now);
    if ('held' in done) return toCoupon(visit, done.held);
    if ('miss' in done) return shown(visit, { ...opened, miss: done.miss }, passMissWords(done.miss));
    return { ...(await shown(visit, opened, notDone)), status: 503 };
  },
});

const notDone = '刚才没有收下，请再点一次，不会重复。';

const openedBy = (visit: Visit): Promise<Opened | null> =>
  openLink(visit.deps.engine, { link: visit.context.req.param('link') ?? '', key: keyOf(visit) }, visit.now);

async function toCoupon({ deps, context }: Visit, { coupon }: CouponLife): Promise<Answered> {
  const place = await placeOf(deps.engine.db, coupon);
  return context.redirect(place ? couponAt(place) : homePath, 303);
}

const gone = (): View =>
  message(
    <Message title="链接已经失效" action={{ href: homePath, label: '去会员中心' }}>
      {passMissWords({ reason: 'UNKNOWN' })}
    </Message>,
    404,
  );

async function shown(visit: Visit, opened: Opened, why: string | null = null): Promise<View> {
  const { deps, session, now, context } = visit;
  const { life, memberId, miss } = opened;
  const { coupon, template } = life;
  if (!template) return gone();
  const { definition } = template;
  const { figure, unit } = faceOf(definition);
  const problem = why ?? (miss && passMissWords(miss));
  const registerAt = registerWith({ by: null, guide: null, source: null, claim: context.req.path });
  return {
    status: miss ? 409 : 200,
    body: (
      <section class="show" aria-labelledby="gift">
        <h1 id="gift">朋友送您一张券</h1>
        <p class="lead">{definition.name}</p>
        <p class="worth">
          {figure}
          {unit}
        </p>
        <p>{termsOf(definition)}</p>
        <ul class="terms">
          <li>
            {coupon.validFrom > now && `${momentOf(coupon.validFrom, now)} 起可用，`}有效期至{' '}
            {lastMomentOf(coupon.validTo, now)}
          </li>
          {coupon.passUntil !== null && <li>请在 {momentOf(coupon.passUntil, now)} 以前收下</li>}
        </ul>
        {problem !== null && (
          <p class="note stop" role="status">
            {problem}
          </p>
        )}
        {miss === null && memberId === null && (
          <p>
            <a class="button" href={registerAt}>
              注册会员后收下
            </a>
          </p>
        )}
        {miss === null && memberId !== null && (
          <form method="post">
            <input type="hidden" name={tokenField} value={await tokenOf(deps, session)} />
            <button class="button">收下</button>
          </form>
        )}
        <p class="leave">
          <a href={homePath}>去会员中心</a>
        </p>
      </section>
    ),
  };
}
