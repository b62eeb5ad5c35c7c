/** 签到页: one button a day, what it gives, and the month at a glance. */
import type { FC } from 'hono/jsx';
import { EventId, type CheckInSettings } from '../../../schema/index.ts';
import { checkIn, monthOf } from '../../commands/points/check-in.ts';
import { readCheckIns, type CheckInDays } from '../../db/points/check-ins.ts';
import { findMembers, type MemberHoldings } from '../../db/members/members.ts';
import { readSettings } from '../../db/shop/settings.ts';
import { checkInPoints, hasCheckedIn, streakWith } from '../../decide/money/check-in.ts';
import { heldPoints } from '../../decide/money/held.ts';
import { shopDay } from '../../decide/money/lots.ts';
import { addDays } from '../../decide/plain/dates.ts';
import { newId } from '../../platform/digest.ts';
import { page } from '../page.ts';
import { checkInPath, homePath } from '../paths.ts';
import { tokenField, tokenOf } from '../posted.tsx';
import { Message } from '../ui/message.tsx';
import { message, type View } from '../ui/view.ts';
import { grouped } from '../words.ts';
import { memberOnly, type MemberVisit } from '../member/gate.ts';

export const checkInPage = page({
  path: checkInPath,
  title: '签到',
  who: memberOnly,
  get: async (visit) => {
    const found = await foundBy(visit);
    return found === null ? nothingHere() : shown(visit, found);
  },
  post: async (visit) => {
    const { deps, context, now } = visit;
    const found = await foundBy(visit);
    if (found === null) return nothingHere();
    const asked = { id: EventId.parse(newId('ci')), memberId: found.holdings.member.id };
    const done = await checkIn(deps.engine, asked, now);
    if ('undecided' in done) return shown(visit, found, '刚才没有签成，请再点一次，不会多给也不会少给。');
    if ('isOff' in done || 'isNobody' in done) return nothingHere();
    return context.redirect(checkInPath, 303);
  },
});

type Found = { readonly holdings: MemberHoldings; readonly settings: CheckInSettings };

/** Null where the shop has no check-in: then the page does not exist. */
async function foundBy({ deps, key }: MemberVisit): Promise<Found | null> {
  const { db } = deps.engine;
  const [[holdings], { checkIn: settings }] = await Promise.all([findMembers(db, key), readSettings(db)]);
  return holdings && settings.on ? { holdings, settings } : null;
}

const nothingHere = (): View =>
  message(
    <Message title="这家店没有签到" action={{ href: homePath, label: '去会员中心' }}>
      积分在会员中心里看。
    </Message>,
    404,
  );

async function shown(visit: MemberVisit, { holdings, settings }: Found, sorry?: string): Promise<View> {
  const { deps, session, now } = visit;
  const today = shopDay(now);
  const [came, token] = await Promise.all([
    readCheckIns(deps.engine.db, holdings.member.id, monthOf(now)),
    tokenOf(deps, session),
  ]);
  const isDone = hasCheckedIn(came.last, today);
  const body = (
    <section class="show" aria-labelledby="check-in">
      <h1 id="check-in">签到</h1>
      {sorry !== undefined && (
        <p class="note stop" role="status">
          {sorry}
        </p>
      )}
      <Today came={came} settings={settings} today={today} />
      {!isDone && (
        <form method="post" action={checkInPath}>
          <input type="hidden" name={tokenField} value={token} />
          <button class="button">签到</button>
        </form>
      )}
      <p class="terms">现在有 {grouped(heldPoints(holdings.points, now).spendable)} 积分</p>
      <Month days={new Set(came.days)} today={today} />
      <p class="terms">{rulesOf(settings)}</p>
      <p class="leave">
        <a href={homePath}>回会员中心</a>
      </p>
    </section>
  );
  return { body, status: sorry === undefined ? 200 : 503 };
}

type TodayProps = { readonly came: CheckInDays; readonly settings: CheckInSettings; readonly today: string };

const Today: FC<TodayProps> = ({ came: { last }, settings, today }) => {
  if (hasCheckedIn(last, today)) {
    const next = checkInPoints(settings, last.streakDays + 1);
    return (
      <p class="note good" role="status">
        今天签到了，得 {grouped(checkInPoints(settings, last.streakDays))} 积分，连续 {last.streakDays}{' '}
        天。明天再来得 {grouped(next)} 积分。
      </p>
    );
  }
  const streakDays = streakWith(last, today);
  return (
    <p>
      今天签到得 <strong>{grouped(checkInPoints(settings, streakDays))}</strong> 积分
      {streakDays > 1 && `，已经连续 ${streakDays - 1} 天`}，明天再来得{' '}
      {grouped(checkInPoints(settings, streakDays + 1))} 积分
    </p>
  );
};

function rulesOf({ firstDay, moreEachDay, cap }: CheckInSettings): string {
  const first = `第一天 ${grouped(Math.min(firstDay, cap))} 积分`;
  if (moreEachDay === 0 || firstDay >= cap) return `每天 ${grouped(Math.min(firstDay, cap))} 积分。`;
  return `${first}，连续签到每天多 ${grouped(moreEachDay)} 分，一天最多 ${grouped(cap)} 分；断了一天从头开始。`;
}

const weekdays = ['一', '二', '三', '四', '五', '六', '日'];

/** The month as a calendar has it, the week from Monday on. */
const Month: FC<{ readonly days: ReadonlySet<string>; readonly today: string }> = ({ days, today }) => {
  const month = today.slice(0, 'YYYY-MM'.length);
  const dates: string[] = [];
  for (let on = `${month}-01`; on.startsWith(month); on = addDays(on, 1)) dates.push(on);
  const before = (new Date(`${month}-01T00:00:00Z`).getUTCDay() + 6) % 7;
  return (
    <table class="month">
      <caption>
        {Number(month.slice(0, 4))}年{Number(month.slice(5))}月，签到 {days.size} 天
      </caption>
      <thead>
        <tr>
          {weekdays.map((name) => (
            <th scope="col">{name}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf([...Array.from({ length: before }, () => null), ...dates]).map((week) => (
          <tr>
            {week.map((on) => (
              <td
                class={on !== null && days.has(on) ? 'came' : undefined}
                aria-current={on === today ? 'date' : undefined}
              >
                {on !== null && Number(on.slice(8))}
                {on !== null && days.has(on) && <b>已签</b>}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const weeksOf = (days: readonly (string | null)[]): (string | null)[][] =>
  Array.from({ length: Math.ceil(days.length / 7) }, (_, week) => days.slice(week * 7, week * 7 + 7));
