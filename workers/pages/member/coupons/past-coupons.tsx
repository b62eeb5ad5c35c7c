/** 用过和过期的券, and those that friends have now. */
import { readGivenAway, readPastCoupons, type GivenAway } from '../../../db/coupons/own-coupons.ts';
import type { HeldCoupon } from '../../../db/members/member-lists.ts';
import { page } from '../../page.ts';
import { claimPath, homePath, pastCouponsPath } from '../../paths.ts';
import { momentOf } from '../../words.ts';
import { standingWords } from './coupon-standing.ts';
import { memberOnly } from '../gate.ts';

export const pastCouponsPage = page({
  path: pastCouponsPath,
  title: '用过和过期的券',
  who: memberOnly,
  get: async (visit) => {
    const { db } = visit.deps.engine;
    const [past, given] = await Promise.all([
      readPastCoupons(db, visit.key, visit.now),
      readGivenAway(db, visit.key),
    ]);
    return { body: <Past past={past} given={given} now={visit.now} /> };
  },
});

function Past({
  past,
  given,
  now,
}: {
  readonly past: readonly HeldCoupon[];
  readonly given: readonly GivenAway[];
  readonly now: number;
}) {
  return (
    <section aria-labelledby="past">
      <h1 id="past">用过和过期的券</h1>
      {past.length === 0 && <p class="empty">还没有用过或过期的券。</p>}
      <ul class="coupons">
        {past.map((held) => (
          <li class="ticket later">
            <div>
              <h3>{held.template?.definition.name ?? '优惠券'}</h3>
              <p class="days">{standingWords(held.coupon, now)}</p>
            </div>
          </li>
        ))}
      </ul>
      {given.length > 0 && (
        <>
          <h2>转给朋友的券</h2>
          <ul class="coupons">
            {given.map(({ name, passedAt }) => (
              <li class="ticket later">
                <div>
                  <h3>{name}</h3>
                  <p class="days">{momentOf(passedAt, now)} 朋友收下了</p>
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
      <p class="leave">
        <a href={claimPath}>输入券码</a>
        <a href={homePath}>返回</a>
      </p>
    </section>
  );
}
