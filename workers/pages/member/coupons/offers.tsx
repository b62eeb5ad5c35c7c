/** 导购送的券: what her associate offered a member, taken with one touch. */
import type { IdentityKey } from '../../../../schema/index.ts';
import { claimOffer } from '../../../commands/coupons/push.ts';
import { ownOffers } from '../../../db/coupons/own-offers.ts';
import { barWords } from '../../../words/misses/coupon-misses.ts';
import { conditionOf } from '../../../words/holdings/coupon-words.ts';
import { page, person, type Visit } from '../../page.ts';
import { homePath, offersPath } from '../../paths.ts';
import { tokenField, tokenOf } from '../../posted.tsx';
import { Message } from '../../ui/message.tsx';
import { message, type View } from '../../ui/view.ts';
import { faceOf, lastMomentOf } from '../../words.ts';

const keyOf = ({ session }: Visit): IdentityKey => `openid:${session.openid}` as IdentityKey;

export const offersPage = page({
  path: offersPath,
  title: '导购送的券',
  who: person,
  get: offers,
  post: async (visit, form) => {
    const asked = { key: keyOf(visit), pushId: form.get('of') ?? '' };
    const claimed = await claimOffer(visit.deps.engine, asked, visit.now);
    if (claimed && 'coupons' in claimed) return visit.context.redirect(homePath, 303);
    if (claimed && 'bar' in claimed) return sorry(barWords(claimed.bar), 409);
    if (claimed && 'undecided' in claimed) return sorry('刚才没有领上，请再点一次。', 503);
    return sorry('这张券已经领过，或者过了时间收回了。', 409);
  },
});

const sorry = (text: string, status: 409 | 503): View =>
  message(
    <Message title="没有领到" action={{ href: offersPath, label: '回到导购送的券' }}>
      {text}
    </Message>,
    status,
  );

async function offers(visit: Visit): Promise<View> {
  const { deps, session, now } = visit;
  const [found, token] = await Promise.all([
    ownOffers(deps.engine.db, keyOf(visit), now),
    tokenOf(deps, session),
  ]);
  const body = (
    <section aria-labelledby="offers">
      <h1 id="offers">导购送的券</h1>
      {found.length === 0 && <p class="empty">现在没有等您领的券。</p>}
      <ul class="coupons">
        {found.map(({ pushId, definition, associateName, until }) => {
          const { figure, unit } = faceOf(definition);
          return (
            <li class="ticket">
              <div>
                <h3>
                  {definition.name} {figure}
                  {unit}
                </h3>
                <p>{conditionOf(definition)}</p>
                <p class="days">
                  {associateName ?? '店里'}送您，{lastMomentOf(until, now)} 前领取
                </p>
                <form method="post" action={offersPath}>
                  <input type="hidden" name={tokenField} value={token} />
                  <input type="hidden" name="of" value={pushId} />
                  <button class="button">领取</button>
                </form>
              </div>
            </li>
          );
        })}
      </ul>
      <p class="leave">
        <a href={homePath}>返回</a>
      </p>
    </section>
  );
  return { body };
}
