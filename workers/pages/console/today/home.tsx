/** 今天: what needs a hand, each with its next step, and the few numbers of the day. */
import type { Child, FC } from 'hono/jsx';
import { defaultTimezone } from '../../../../schema/index.ts';
import { listConversations, standingsOf } from '../../../db/members/threads.ts';
import { endOfTime, fromNewest } from '../../../db/paging.ts';
import { listCampaigns } from '../../../db/shop/campaigns.ts';
import { readSettings } from '../../../db/shop/settings.ts';
import { listSources } from '../../../db/sources/registered-sources.ts';
import { listAlerts } from '../../../db/upkeep/alerts.ts';
import { countedMax, readToday } from '../../../db/upkeep/today.ts';
import { dayMs, localDate } from '../../../decide/plain/dates.ts';
import { count, moment, money } from '../kit/format.ts';
import { counter, everybody, homeOfConsole, office, owner, technical } from '../kit/nav.ts';
import { Figures, Sheet } from '../kit/parts.tsx';
import { screen } from '../kit/screen.ts';
import { isOneOf, type Visit } from '../kit/visit.ts';

const talksLookedAt = 40;
const alertDays = 7;
const alertsShown = 5;

type Step = { readonly title: string; readonly text: Child; readonly href: string; readonly label: string };

export const home = screen({
  path: homeOfConsole,
  title: '今天',
  who: everybody,
  get: async (visit) => {
    const { db, now, person } = visit;
    const today = await readToday(db, localDate(now, defaultTimezone));
    const steps = await stepsFor(visit, today);
    const sold = [
      { label: '今天的销售', value: `${count(today.sales)}${today.isPart ? '+' : ''}`, unit: '笔' },
      { label: '今天的金额', value: money(today.keptFen), unit: '元，退货已减' },
    ];
    return {
      body: (
        <>
          {isOneOf(person, office) && <Figures figures={sold} />}
          {isOneOf(person, counter) && <Search />}
          <Sheet title="要您看一眼的">
            {steps.length === 0 ? <p class="empty">没有。一切正常。</p> : <Steps steps={steps} />}
          </Sheet>
          {isOneOf(person, office) && <Alerts visit={visit} rows={await recentAlerts(visit)} />}
        </>
      ),
    };
  },
});

const Search: FC = () => (
  <form class="sheet filters" method="get" action="/console/members">
    <div class="field">
      <label for="q">找会员</label>
      <input id="q" name="q" placeholder="手机号、卡号、称呼或手机尾号" />
    </div>
    <button class="first">查找</button>
  </form>
);

const upTo = (number: number): string => (number >= countedMax ? `${countedMax} 条以上` : `${number} 条`);

/** In the order in which they hurt. */
async function stepsFor(visit: Visit, today: Awaited<ReturnType<typeof readToday>>): Promise<Step[]> {
  const { db, person } = visit;
  const steps: Step[] = [];
  if (isOneOf(person, technical) && today.parked > 0)
    steps.push({
      title: `${upTo(today.parked)}销售或资料要人看`,
      text: '内容有问题，还没算给会员。打开就能看到原因和怎么办。',
      href: '/console/events?state=parked',
      label: '去看',
    });
  if (isOneOf(person, office)) {
    const unread = await unanswered(visit);
    if (unread > 0)
      steps.push({
        title: `${unread} 位顾客在等回复`,
        text: '微信只许在 48 小时内回。',
        href: '/console/talks',
        label: '去回复',
      });
    if (today.stuckMessages > 0)
      steps.push({
        title: `${upTo(today.stuckMessages)}消息没发成`,
        text: '里面写着原因，改好可以再发一次。',
        href: '/console/messages?state=parked',
        label: '去看',
      });
    if ((await listCampaigns(db, fromNewest, 1)).length === 0)
      steps.push({
        title: '还没有活动',
        text: '先建一张券，再建一个“满多少送券”的活动。',
        href: '/console/coupons/new',
        label: '建第一张券',
      });
  }
  if (isOneOf(person, owner)) {
    const { publicUrl } = await readSettings(db);
    if (publicUrl === null)
      steps.push({
        title: '还没有填公网地址',
        text: '没有它，新关注的人收不到注册链接，会员也打不开页面。',
        href: '/console/settings',
        label: '去填',
      });
    if (person.openid === null && visit.deps.account.appId !== '')
      steps.push({
        title: '绑定您的微信',
        text: '绑好以后扫一扫就能登录，不用再找登录链接。',
        href: '/console/me/wechat',
        label: '去绑定',
      });
  }
  if (isOneOf(person, technical) && (await listSources(db, '', 1)).length === 0)
    steps.push({
      title: '还没有接收银机',
      text: '接上以后，销售会自己进来。',
      href: '/api/docs',
      label: '看怎么接',
    });
  if (isOneOf(person, technical) && today.waiting > 0)
    steps.push({
      title: `${upTo(today.waiting)}退货在等它的销售单`,
      text: '销售单一到就会自动处理。',
      href: '/console/events?state=waiting',
      label: '去看',
    });
  return steps;
}

async function unanswered({ db, now }: Visit): Promise<number> {
  const { items } = await listConversations(db, {
    associateId: null,
    before: endOfTime,
    limit: talksLookedAt,
  });
  if (items.length === 0) return 0;
  const standings = await standingsOf(
    db,
    items.map(({ person }) => person),
    now,
  );
  return [...standings.values()].filter(({ unread }) => unread > 0).length;
}

const Steps: FC<{ steps: readonly Step[] }> = ({ steps }) => (
  <ul class="steps">
    {steps.map(({ title, text, href, label }) => (
      <li>
        <div>
          <strong>{title}</strong>
          <p>{text}</p>
        </div>
        <a class="button" href={href}>
          {label}
        </a>
      </li>
    ))}
  </ul>
);

const recentAlerts = async ({ db, now }: Visit) =>
  (await listAlerts(db, fromNewest, alertsShown)).filter(({ at }) => at > now - alertDays * dayMs);

const Alerts: FC<{ visit: Visit; rows: Awaited<ReturnType<typeof recentAlerts>> }> = ({
  visit: { now },
  rows,
}) =>
  rows.length === 0 ? (
    <></>
  ) : (
    <Sheet title="这几天的提醒">
      <ul class="steps">
        {rows.map(({ text, at }) => (
          <li>
            <div>
              <p>{moment(at, now)}</p>
              {text}
            </div>
          </li>
        ))}
      </ul>
    </Sheet>
  );
