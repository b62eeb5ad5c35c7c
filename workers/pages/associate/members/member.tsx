/** 一位会员, as her associate sees her: who she is, what she has and bought, what her child uses, and when they last spoke. */
import type { FC } from 'hono/jsx';
import { defaultTimezone } from '../../../../schema/index.ts';
import { fileShown } from '../../../commands/profile/file.ts';
import { identitiesOf } from '../../../db/members/look-up.ts';
import type { MemberHoldings } from '../../../db/members/members.ts';
import { readProfileSums, type ProfileSums } from '../../../db/profile/profile-sums.ts';
import { readSettings } from '../../../db/shop/settings.ts';
import { allOf, heldPoints } from '../../../decide/money/held.ts';
import { localDate } from '../../../decide/plain/dates.ts';
import { usesOf } from '../../../decide/profile/uses.ts';
import { page } from '../../page.ts';
import {
  ownEditPath,
  ownMemberAt,
  ownMemberPath,
  ownMembersPath,
  ownPurchasesPath,
  ownUsesPath,
} from '../../paths.ts';
import { cardsIn, fileFacts, inUseFacts } from '../../profile/facts.ts';
import { count, dayOf, maskedPhone, money, momentOf } from '../../words.ts';
import { hereOf, ownMember } from './own.tsx';

type Line = readonly [label: string, value: string];

export const ownMemberPage = page({
  path: ownMemberPath,
  title: '会员',
  who: ownMember,
  here: hereOf,
  get: async ({ deps, now, found }) => {
    const { engine } = deps;
    const { id, children, name } = found.member;
    const [keys, settings, file, sums] = await Promise.all([
      identitiesOf(engine.db, id),
      readSettings(engine.db),
      fileShown(engine, found),
      readProfileSums(engine.db, id, now),
    ]);
    const uses = usesOf(children, settings.useStages, localDate(now, defaultTimezone));
    const at = (path: string): string => ownMemberAt(path, id);
    const body = (
      <section aria-labelledby="member">
        <h1 id="member">{name ?? '没有填称呼的会员'}</h1>
        <Lines lines={whoWords(found, cardsIn(keys), now)} />
        <h2>消费和积分</h2>
        <Lines lines={holdingWords(found, sums, now)} />
        <p class="second">
          <a href={at(ownPurchasesPath)}>看消费记录</a>
        </p>
        {uses.length > 0 && <h2>在用</h2>}
        <Lines lines={inUseFacts(uses, true)} />
        {uses.length > 0 && (
          <p class="second">
            <a href={at(ownUsesPath)}>改在用的段位</a>
          </p>
        )}
        <h2>档案</h2>
        <Lines lines={fileFacts(file)} />
        <p class="second">
          <a href={at(ownEditPath)}>改资料</a>
        </p>
        <p class="leave">
          <a href={ownMembersPath}>我的会员</a>
        </p>
      </section>
    );
    return { body };
  },
});

const Lines: FC<{ lines: readonly Line[] }> = ({ lines }) => (
  <ul class="rows">
    {lines.map(([label, value]) => (
      <li>
        <p>{label}</p>
        <p>{value}</p>
      </li>
    ))}
  </ul>
);

function whoWords({ member, tags }: MemberHoldings, cards: string, now: number): Line[] {
  const { phone, level, birthdayOn, children } = member;
  const lines: readonly (readonly [string, string | null])[] = [
    ['手机', phone === null ? '没有' : maskedPhone(phone)],
    ['会员卡号', cards || null],
    ['等级', level],
    ['标签', tags.length === 0 ? null : tags.join('、')],
    ['生日', birthdayOn],
    [
      '宝宝',
      (children ?? [])
        .map(({ born, isExpected }) => (isExpected ? `预产期 ${dayOf(born, now)}` : born))
        .join('、') || null,
    ],
  ];
  return lines.flatMap(([label, value]) => (value === null ? [] : [[label, value] as const]));
}

function holdingWords(
  { member, points }: MemberHoldings,
  { contacts, lastContactAt, couponsHeld, couponsLater }: ProfileSums,
  now: number,
): Line[] {
  const { orders, spentFen, lastAt } = member;
  const all = allOf(heldPoints(points, now));
  const last = (at: number | null): string => (at === null ? '' : `，最近 ${momentOf(at, now)}`);
  return [
    ['消费', `${count(orders)} 笔，${money(spentFen)} 元${last(lastAt)}`],
    ['积分', `累计 ${count(points.credited)} − 减少 ${count(points.credited - all)} = 现有 ${count(all)}`],
    [
      '能用的券',
      `${count(couponsHeld)} 张${couponsLater > 0 ? `，另有 ${count(couponsLater)} 张还没到时间` : ''}`,
    ],
    ['沟通', `${count(contacts)} 次${last(lastContactAt)}`],
  ];
}
