/** 我的积分: what can be spent, what waits until when, what ends when, and the rows that it all is the sum of. */
import type { FC } from 'hono/jsx';
import { listPostings } from '../../db/members/member-lists.ts';
import { hasItems } from '../../db/points/exchange-items.ts';
import { endOfTime } from '../../db/paging.ts';
import { readSettings } from '../../db/shop/settings.ts';
import { endingByMonth, endingIn, heldPoints, waitingIn, type HeldPoints } from '../../decide/money/held.ts';
import { holdingsOf, memberOnly } from '../member/gate.ts';
import { BackHome, namesOf, Rows, rowsShownMax, whyOf } from '../member/rooms/rows.tsx';
import { page } from '../page.ts';
import { checkInPath, pointsPath, shopPath } from '../paths.ts';
import { change, count, dayOf } from '../words.ts';

export const pointsPage = page({
  path: pointsPath,
  title: '我的积分',
  who: memberOnly,
  get: async (visit) => {
    const { deps, context, now } = visit;
    const { db } = deps.engine;
    const { member, points } = await holdingsOf(visit);
    const before = Number(context.req.query('before')) || endOfTime;
    const [found, { checkIn }, hasShop] = await Promise.all([
      listPostings(db, member.id, { account: 'points', before, limit: rowsShownMax + 1 }),
      readSettings(db),
      hasItems(db),
    ]);
    const rows = (found ?? []).slice(0, rowsShownMax);
    const names = await namesOf(db, member.id, rows);
    const isMore = (found?.length ?? 0) > rowsShownMax;
    const held = heldPoints(points, now);
    const body = (
      <>
        <Held held={held} total={points.credited} />
        {(hasShop || checkIn.on) && (
          <p class="second">
            {hasShop && <a href={shopPath}>积分商城</a>}
            {checkIn.on && <a href={checkInPath}>签到得积分</a>}
          </p>
        )}
        <Coming held={held} now={now} />
        <Rows
          title="积分明细"
          rows={rows.map(({ at, cause, delta, balance }) => ({
            at,
            ...whyOf(cause, names),
            moved: change(delta),
            after: `余 ${count(balance)}`,
          }))}
          now={now}
          empty="还没有变动。消费以后，积分会出现在这里。"
          next={isMore ? `${pointsPath}?before=${String(rows.at(-1)?.seq)}` : null}
        />
        <BackHome />
      </>
    );
    return { body };
  },
});

const Held: FC<{ held: HeldPoints; total: number }> = ({ held, total }) => {
  const left = held.spendable + held.pending;
  return (
    <section class="card" aria-labelledby="points">
      <h1 id="points">我的积分</h1>
      <p class="points">
        <span>现在可以用</span>
        <strong data-account="points">{count(held.spendable)}</strong>
      </p>
      {held.pending > 0 && <p>另有 {count(held.pending)} 待到账，还不能用</p>}
      {total > 0 && (
        <p>
          累计得到 {count(total)}，用掉、退货收回和到期 {count(total - left)}
        </p>
      )}
    </section>
  );
};

/** 待到账 by its days, and what ends by its months: a year of purchases is twelve lines. */
const Coming: FC<{ held: HeldPoints; now: number }> = ({ held, now }) => {
  const [waiting, ending] = [waitingIn(held), endingByMonth(endingIn(held))];
  return (
    <>
      {waiting.length > 0 && (
        <section aria-labelledby="waiting">
          <h2 id="waiting">待到账</h2>
          <ul class="ends">
            {waiting.map(({ releaseOn, points }) => (
              <li>
                {count(points)} 积分，{dayOf(releaseOn, now)}可以用
              </li>
            ))}
          </ul>
        </section>
      )}
      {ending.length > 0 && (
        <section aria-labelledby="ending">
          <h2 id="ending">积分有效期</h2>
          <ul class="ends">
            {ending.map(({ firstOn, lastOn, points }) => (
              <li>
                {count(points)} 积分，{dayOf(firstOn, now)}
                {lastOn !== firstOn && `至${Number(lastOn.slice(8))}日`}到期
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
};
