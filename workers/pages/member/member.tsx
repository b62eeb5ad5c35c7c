/** 会员中心: points, money and coupons, from the ledgers at this moment. */
import type { Account, IdentityKey } from '../../../schema/index.ts';
import { readOwnPage, type OwnPage } from '../../db/members/member-page.ts';
import { CouponList } from './coupons/coupons.tsx';
import { hasLotteries } from '../../db/draws/lotteries.ts';
import { hasItems } from '../../db/points/exchange-items.ts';
import { heldPiecesOf } from '../../db/packages/packages.ts';
import { readSettings } from '../../db/shop/settings.ts';
import { Rooms, roomsOf, type Room } from './rooms/rooms.tsx';
import { page, person } from '../page.ts';
import { homePath, leavePath, logoutOf, memberCodePath, phonePath, registerPath } from '../paths.ts';
import { dayOf, grouped, lastMomentOf } from '../words.ts';
import { endingIn, type HeldPoints, heldPoints, waitingIn } from '../../decide/money/held.ts';
import { progressOf } from '../../decide/levels/progress.ts';
import { isSuper } from '../../decide/super/spans.ts';
import { rateWords } from '../../words/holdings/points-words.ts';
import { discountWords, nextLevelWords } from '../../words/levels.ts';
import { yuanFigure } from '../../decide/plain/yuan.ts';

/** Somebody who joined less than this ago is welcomed. */
const welcomeMs = 2 * 60_000;

export const memberPage = page({
  path: homePath,
  title: '会员中心',
  who: person,
  get: async ({ deps, context, session, now }) => {
    const { db } = deps.engine;
    const key = `openid:${session.openid}` as IdentityKey;
    const [own, settings, hasShop, hasDraws, held] = await Promise.all([
      readOwnPage(db, key, now),
      readSettings(db),
      hasItems(db),
      hasLotteries(db),
      heldPiecesOf(db, { key }, now),
    ]);
    if (!own) return context.redirect(registerPath);
    const pays = settings.pointsAsMoney.on ? rateWords(settings.pointsAsMoney) : null;
    const rooms = roomsOf(own.holdings, settings, { hasShop, hasDraws, held });
    return { body: <Own own={own} now={now} pays={pays} rooms={rooms} /> };
  },
});

type OwnProps = { readonly own: OwnPage; readonly now: number };

type Offered = { readonly pays: string | null; readonly rooms: readonly Room[] };

function Own({ own, now, pays, rooms }: OwnProps & Offered) {
  const { member, associate } = own.holdings;
  const { joinedAt } = member;
  return (
    <>
      {joinedAt !== null && now - joinedAt < welcomeMs && (
        <p class="note good" role="status">
          注册成功，欢迎您！{own.coupons.length > 0 && '您的券就在下面。'}
        </p>
      )}
      {joinedAt === null && (
        <p class="note">
          您还没有验证手机号，<a href={registerPath}>现在验证</a>，换了手机也找得回您的积分和券。
        </p>
      )}
      <a class="button" href={memberCodePath}>
        会员码
      </a>
      <Card own={own} now={now} />
      {pays !== null && <p class="second">到店结账时，{pays}</p>}
      <Rooms rooms={rooms} />
      <Ending own={own} now={now} />
      <CouponList own={own} now={now} />
      {associate && <p class="guide">您的专属导购：{associate.name}</p>}
      {joinedAt !== null && (
        <p class="leave">
          <a href={phonePath}>换手机号</a>
        </p>
      )}
      <p class="leave">
        <a href={logoutOf(homePath)}>退出登录</a>
        <a href={leavePath}>注销会员</a>
      </p>
    </>
  );
}

const balanceOf = ({ holdings }: OwnPage, account: Exclude<Account, 'points'>): number =>
  holdings.balances.get(account) ?? 0;

function Card({ own, now }: OwnProps) {
  const held = heldPoints(own.holdings.points, now);
  const { name } = own.holdings.member;
  const growth = balanceOf(own, 'growth');
  const progress = progressOf({ ...own.holdings, growth }, now);
  const { level, lastOn, rule } = progress;
  const missing = nextLevelWords(progress);
  const storedFen = balanceOf(own, 'principal') + balanceOf(own, 'bonus');
  return (
    <section class="card" aria-label="我的账户">
      <h1>
        {name === null ? '您好' : `${name}，您好`}
        {level !== null && <small>{level}</small>}
      </h1>
      {level !== null && (lastOn !== null || (rule !== null && rule.payPercent < 100)) && (
        <p data-level="benefit">
          {rule !== null && rule.payPercent < 100 && `${level}享 ${discountWords(rule.payPercent)}。`}
          {lastOn !== null && `${level}到 ${dayOf(lastOn, now)}。`}
        </p>
      )}
      {isSuper(own.holdings.member, now) && (
        <p data-level="super">超级会员到 {lastMomentOf(own.holdings.member.superUntil ?? 0, now)}。</p>
      )}
      {missing !== null && <p data-level="next">{missing}</p>}
      <p class="points">
        <span>积分</span>
        <strong data-account="points">{grouped(held.spendable)}</strong>
      </p>
      {held.pending > 0 && <Pending held={held} now={now} />}
      <dl>
        <div>
          <dt>余额</dt>
          <dd>
            <span data-account="wallet">{yuanFigure(balanceOf(own, 'wallet'))}</span>
            <small>元</small>
          </dd>
        </div>
        {storedFen > 0 && (
          <div>
            <dt>储值</dt>
            <dd>
              <span data-account="stored">{yuanFigure(storedFen)}</span>
              <small>元</small>
            </dd>
          </div>
        )}
        <div>
          <dt>优惠券</dt>
          <dd>
            <span data-account="coupons">{grouped(own.couponsHeld)}</span>
            <small>张</small>
          </dd>
        </div>
      </dl>
    </section>
  );
}

/** 待到账: seen at once, and spent when the goods can no longer be returned. */
function Pending({ held, now }: { readonly held: HeldPoints; readonly now: number }) {
  const days = waitingIn(held);
  const [first] = days;
  if (!first) return null;
  return (
    <p>
      另有 <span data-account="pending">{grouped(held.pending)}</span> 待到账，
      {days.length > 1 && '最早 '}
      {dayOf(first.releaseOn, now)}可以用
    </p>
  );
}

const endsShownMax = 3;

/** 快到期: the next days on which something ends. */
function Ending({ own, now }: OwnProps) {
  const ends = endingIn(heldPoints(own.holdings.points, now)).slice(0, endsShownMax);
  if (ends.length === 0) return null;
  return (
    <section aria-label="积分有效期">
      <h2>积分有效期</h2>
      <ul class="ends">
        {ends.map(({ lastOn, points }) => (
          <li>
            {grouped(points)} 积分，{dayOf(lastOn, now)}到期
          </li>
        ))}
      </ul>
    </section>
  );
}
