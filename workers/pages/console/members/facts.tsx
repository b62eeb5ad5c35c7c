/** 会员的资料: what is known of a person, as far as it concerns who looks; and where it is corrected. */
import type { FC } from 'hono/jsx';
import type { SmsConsent } from '../../../../schema/index.ts';
import type { MemberHoldings } from '../../../db/members/members.ts';
import { progressOf } from '../../../decide/levels/progress.ts';
import { cashBackOf } from '../../../decide/levels/cash-back.ts';
import { journeyOf, tenureOf } from '../../../decide/levels/journey.ts';
import { shopDay } from '../../../decide/money/lots.ts';
import {
  benefitWords,
  cashBackWords,
  journeyNames,
  levelWords,
  nextLevelWords,
  tenureWords,
} from '../../../words/levels.ts';
import { lastMomentOf } from '../../words.ts';
import { day, moment } from '../kit/format.ts';
import { office } from '../kit/nav.ts';
import type { Fact } from '../kit/parts.tsx';
import { isOneOf, type Visit } from '../kit/visit.ts';
import { tagFacts, type TagShop } from '../../../views/tags.ts';
import { membersPath, phoneFor } from './list.tsx';

export function factsOf(
  visit: Visit,
  holdings: MemberHoldings,
  { consent, shop }: { readonly consent: SmsConsent | null; readonly shop: TagShop },
): Fact[] {
  const { member, associate, levels } = holdings;
  const growth = holdings.balances.get('growth') ?? 0;
  const { phone, superUntil, children, birthdayOn, source, joinedAt, firstAt } = member;
  const progress = progressOf({ ...holdings, growth }, visit.now);
  const ceiling = cashBackOf(levels, progress.level, holdings.cashBack, shopDay(visit.now));
  const isOffice = isOneOf(visit.person, office);
  const known = (label: string, value: string | null): Fact[] => (value === null ? [] : [[label, value]]);
  return [
    ['手机', phoneFor(visit, phone)],
    ...known('等级', levelWords(progress, isMovedIn(holdings))),
    ...known('离下一级', nextLevelWords(progress)),
    ...known('等级权益', (progress.rule && benefitWords(progress.rule, levels).join('；')) || null),
    ...known('返现', ceiling && cashBackWords(ceiling)),
    ['成长路径', journeyNames[journeyOf({ ...member, hasAsked: holdings.hasAsked }, levels)]],
    ['新老', tenureWords(tenureOf(member, levels, visit.now))],
    ...(superUntil !== null && superUntil > visit.now
      ? known('超级会员', `到 ${lastMomentOf(superUntil, visit.now)}`)
      : []),
    ['专属导购', associate?.name ?? '没有'],
    ...tagFacts(holdings, shop),
    ...(isOffice && children && children.length > 0
      ? known(
          '宝宝',
          children.map(({ born, isExpected }) => (isExpected ? `预产期 ${born}` : born)).join('、'),
        )
      : []),
    ...(isOffice ? known('生日', birthdayOn) : []),
    ...known('来源', source),
    ['注册', joinedAt === null ? '还没有用手机号注册' : day(joinedAt)],
    ...(firstAt === null ? [] : known('第一次消费', day(firstAt))),
    ...consentOf(visit, `${membersPath}/${member.id}`, consent),
  ];
}

/** 转入: the level stands as she brought it. */
const isMovedIn = ({ standing, openings }: MemberHoldings): boolean =>
  openings.some(
    ({ account, amount, on }) => account === 'level' && amount === standing?.rank && on === standing.sinceOn,
  );

function consentOf({ now, person }: Visit, own: string, consent: SmsConsent | null): Fact[] {
  if (consent === null) return [['营销短信', '没有同意过，不会发']];
  if (consent.withdrawnAt !== null) return [['营销短信', `${moment(consent.withdrawnAt, now)} 起不再发`]];
  return [
    [
      '营销短信',
      <>
        {moment(consent.agreedAt, now)} 同意的{' '}
        {isOneOf(person, office) && <a href={`${own}/consent`}>停掉</a>}
      </>,
    ],
  ];
}

export const Correcting: FC<{ own: string }> = ({ own }) => (
  <p class="buttons">
    {corrections.map(([part, label]) => (
      <a class="button" href={`${own}/${part}`}>
        {label}
      </a>
    ))}
  </p>
);

const corrections = [
  ['profile', '改资料'],
  ['uses', '改在用段位'],
  ['children', '改宝宝'],
  ['tags', '改标签'],
  ['phone', '换手机号'],
  ['wechat', '解绑微信'],
  ['associate', '换导购'],
  ['level', '改等级'],
] as const;
