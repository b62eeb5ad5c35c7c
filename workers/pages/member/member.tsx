/** 会员中心: points, money and coupons, from the ledgers at this moment. */
import type { Account, IdentityKey } from '../../../schema/index.ts';
import { readOwnPage, type OwnPage } from '../../db/members/member-page.ts';
import { CouponList } from './coupons.tsx';
import { page, person } from '../page.ts';
import { memberCodePath, homePath, leavePath, logoutOf, phonePath, registerPath } from '../paths.ts';
import { grouped } from '../words.ts';
import { yuanFigure } from '../../decide/plain/yuan.ts';

/** Somebody who joined less than this ago is welcomed. */
const welcomeMs = 2 * 60_000;

export const memberPage = page({
  path: homePath,
  title: '会员中心',
  who: person,
  get: async ({ deps, context, session, now }) => {
    const own = await readOwnPage(deps.engine.db, `openid:${session.openid}` as IdentityKey, now);
    return own ? { body: <Own own={own} now={now} /> } : context.redirect(registerPath);
  },
});

type OwnProps = { readonly own: OwnPage; readonly now: number };

function Own({ own, now }: OwnProps) {
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
      <Card own={own} />
      <a class="button" href={memberCodePath}>
        会员码
      </a>
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

const balanceOf = ({ holdings }: OwnPage, account: Account): number => holdings.balances.get(account) ?? 0;

function Card({ own }: Pick<OwnProps, 'own'>) {
  const { name, level } = own.holdings.member;
  const storedFen = balanceOf(own, 'principal') + balanceOf(own, 'bonus');
  return (
    <section class="card" aria-label="我的账户">
      <h1>
        {name === null ? '您好' : `${name}，您好`}
        {level !== null && <small>{level}</small>}
      </h1>
      <p class="points">
        <span>积分</span>
        <strong data-account="points">{grouped(balanceOf(own, 'points'))}</strong>
      </p>
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
