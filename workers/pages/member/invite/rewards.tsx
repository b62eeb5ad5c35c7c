/** 我的奖励: whom she has brought, what registering gave, and what their purchases bring; in two tabs. */
import type { FC } from 'hono/jsx';
import type { MemberId } from '../../../../schema/index.ts';
import { ownReferrals, ownSums, type ReferralShown, type ReferralSums } from '../../../db/referrals/lists.ts';
import { readSettings } from '../../../db/shop/settings.ts';
import { fromNewest, type NewestFirst } from '../../../db/paging.ts';
import type { Db } from '../../../db/db.ts';
import { giftWords, ownStateWords } from '../../../words/holdings/referral-words.ts';
import { page } from '../../page.ts';
import { homePath, invitePath, inviteRewardsPath } from '../../paths.ts';
import { change, dayOf, maskedPhone, money, momentOf } from '../../words.ts';
import { holdingsOf, memberOnly } from '../gate.ts';
import { nothingHere } from './invite.tsx';
import { nameOfTemplates } from './names.ts';
import { maskName } from '../../../views/mask.ts';

const shownMax = 20;
const tabs = [
  { name: 'registering', label: '注册奖励' },
  { name: 'spending', label: '消费提成' },
] as const;
type Tab = (typeof tabs)[number]['name'];
const tabOf = (asked: string | undefined): Tab =>
  tabs.find(({ name }) => name === asked)?.name ?? 'registering';

export const inviteRewardsPage = page({
  path: inviteRewardsPath,
  title: '我的奖励',
  who: memberOnly,
  // Whoever was away for a week comes back to the tab that was asked for.
  here: (asked, pathname) => {
    const tab = tabOf(asked.get('tab') ?? undefined);
    return tab === 'registering' ? pathname : `${pathname}?tab=${tab}`;
  },
  get: async (visit) => {
    const { deps, context, now } = visit;
    const { db } = deps.engine;
    const [{ member }, settings] = await Promise.all([holdingsOf(visit), readSettings(db)]);
    const { sums, shown, next } = await read(db, member.id, context.req.query('before'));
    // What was earned is seen also after the shop has ended it.
    if (!settings.referral.on && shown.length === 0) return nothingHere();
    const tab = tabOf(context.req.query('tab'));
    const nameOf = await nameOfTemplates(deps.engine);
    return {
      body: (
        <>
          <Sums sums={sums} />
          <nav class="rooms" aria-label="我的奖励">
            {tabs.map(({ name, label }) => (
              <a href={`${inviteRewardsPath}?tab=${name}`} aria-current={name === tab ? 'page' : undefined}>
                {label}
              </a>
            ))}
          </nav>
          <List shown={shown} tab={tab} now={now} nameOf={nameOf} />
          <p class="leave">
            {next !== null && <a href={`${inviteRewardsPath}?tab=${tab}&before=${next}`}>更早的</a>}
            {settings.referral.on && <a href={invitePath}>邀请好友</a>}
            <a href={homePath}>回会员中心</a>
          </p>
        </>
      ),
    };
  },
});

async function read(db: Db, id: MemberId, before: string | undefined) {
  const [sums, found] = await Promise.all([
    ownSums(db, id),
    ownReferrals(db, id, placeIn(before), shownMax + 1),
  ]);
  const shown = found.slice(0, shownMax);
  const last = shown.at(-1)?.referral;
  return { sums, shown, next: found.length > shownMax && last ? `${last.at}-${last.id}` : null };
}

function placeIn(before: string | undefined): NewestFirst {
  const [, at, id] = /^(\d{1,16})-([\w-]{1,128})$/.exec(before ?? '') ?? [];
  return at === undefined || id === undefined ? fromNewest : { at: Number(at), id };
}

const Sums: FC<{ sums: ReferralSums }> = ({ sums: { friends, walletFen, commissionFen } }) => (
  <section class="card" aria-labelledby="rewards">
    <h1 id="rewards">我的奖励</h1>
    <p class="points">
      <span>奖励过的好友（位）</span>
      <strong data-sum="friends">{friends}</strong>
    </p>
    <p>
      得到余额 {money(walletFen)} 元，消费提成 {money(commissionFen)} 元，都在“余额”里。
    </p>
  </section>
);

type Listed = { readonly now: number; readonly nameOf: (templateId: string) => string };
type ListProps = Listed & { readonly shown: readonly ReferralShown[]; readonly tab: Tab };

const List: FC<ListProps> = ({ shown, tab, ...listed }) => {
  if (shown.length === 0) return <p class="empty">还没有好友来注册。好友注册以后，会出现在这里。</p>;
  return (
    <ul class="rows">
      {shown.map((one) =>
        tab === 'registering' ? <Registered one={one} {...listed} /> : <Spent one={one} {...listed} />,
      )}
    </ul>
  );
};

const Registered: FC<Listed & { one: ReferralShown }> = ({ one, now, nameOf }) => {
  const { referral, friend } = one;
  const gift = referral.state === 'paid' ? giftWords(referral, nameOf) : '';
  return (
    <li>
      <p>
        {friendWords(one)}
        <small>{momentOf(friend?.joinedAt ?? referral.at, now)} 注册</small>
      </p>
      <p>{gift === '' ? <small>{ownStateWords(referral)}</small> : gift}</p>
    </li>
  );
};

/** What is posted stands in large print, what still waits below it. */
const Spent: FC<Listed & { one: ReferralShown }> = ({ one, now }) => {
  const { referral, invited } = one;
  const waits = invited?.waits ?? [];
  const pendingFen = waits.reduce((sum, [, , fen]) => sum + fen, 0);
  const [first] = waits;
  const isOn = invited?.state !== 'over';
  return (
    <li>
      <p>
        {friendWords(one)}
        <small>已消费 {money(Math.max(0, invited?.spentFen ?? referral.spentFen))} 元</small>
      </p>
      <p>
        <strong>{change(referral.commissionFen, money)} 元</strong>
        {isOn && pendingFen !== 0 && first && (
          <>
            <small>另有 {money(pendingFen)} 元待结算</small>
            <small>{dayOf(first[0], now)}起到账</small>
          </>
        )}
      </p>
    </li>
  );
};

/** 陈** 139****5487, which breaks between the two on a narrow phone: somebody who has left is nobody any more. */
function friendWords({ friend }: ReferralShown): string {
  if (friend === null || friend.phone === null) return '一位好友';
  const phone = maskedPhone(friend.phone);
  return friend.name === null ? phone : `${maskName(friend.name)} ${phone}`;
}
