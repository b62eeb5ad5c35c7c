/** 要您看一眼的: what waits for a person, each with its next step, in the order in which it hurts. */
import type { Child } from 'hono/jsx';
import { listConversations, standingsOf } from '../../../db/conversations/threads.ts';
import { endOfTime } from '../../../db/paging.ts';
import { countedMax, type Today } from '../../../db/upkeep/today.ts';
import { office, owner, technical } from '../kit/nav.ts';
import { isOneOf, type Visit } from '../kit/visit.ts';

const talksLookedAt = 40;

export type Step = {
  readonly title: string;
  readonly text: Child;
  readonly href: string;
  readonly label: string;
};

const upTo = (number: number): string => (number >= countedMax ? `${countedMax} 条以上` : `${number} 条`);

export type Seen = {
  readonly today: Today;
  /** Conversations that wait for an answer. */
  readonly unread: number;
  readonly publicUrl: string | null;
  /** Of connections, of yesterday's books, of the system: those of them that this person may mend. */
  readonly faults: readonly Step[];
};

/** In the order in which they hurt. */
export function stepsFor(visit: Visit, seen: Seen): Step[] {
  const { person } = visit;
  const isTechnical = isOneOf(person, technical);
  return [
    ...(isTechnical ? parkedSteps(seen.today) : []),
    ...seen.faults,
    ...(isOneOf(person, office) ? officeSteps(seen) : []),
    ...(isOneOf(person, owner) ? ownerSteps(visit, seen) : []),
    ...(isTechnical ? tillSteps(seen.today) : []),
  ];
}

const parkedSteps = ({ parked }: Today): Step[] =>
  parked === 0
    ? []
    : [
        {
          title: `${upTo(parked)}销售或资料要人看`,
          text: '内容有问题，还没算给会员。打开就能看到原因和怎么办。',
          href: '/console/events?state=parked',
          label: '去看',
        },
      ];

function officeSteps({ today: { stuckMessages, hasCampaigns }, unread }: Seen): Step[] {
  const steps: Step[] = [];
  if (unread > 0)
    steps.push({
      title: `${unread} 位顾客在等回复`,
      text: '微信只许在 48 小时内回。',
      href: '/console/talks',
      label: '去回复',
    });
  if (stuckMessages > 0)
    steps.push({
      title: `${upTo(stuckMessages)}消息没发成`,
      text: '里面写着原因，改好可以再发一次。',
      href: '/console/messages?state=parked',
      label: '去看',
    });
  if (!hasCampaigns)
    steps.push({
      title: '还没有活动',
      text: '先建一张券，再建一个“满多少送券”的活动。',
      href: '/console/coupons/new',
      label: '建第一张券',
    });
  return steps;
}

function ownerSteps({ deps, person }: Visit, { publicUrl }: Seen): Step[] {
  const steps: Step[] = [];
  if (publicUrl === null)
    steps.push({
      title: '还没有填公网地址',
      text: '没有它，新关注的人收不到注册链接，会员也打不开页面。',
      href: '/console/settings',
      label: '去填',
    });
  if (person.openid === null && deps.account.appId !== '')
    steps.push({
      title: '绑定您的微信',
      text: '绑好以后扫一扫就能登录，不用再找登录链接。',
      href: '/console/me/wechat',
      label: '去绑定',
    });
  return steps;
}

function tillSteps({ waiting, hasSources }: Today): Step[] {
  const steps: Step[] = [];
  if (!hasSources)
    steps.push({
      title: '还没有接收银机',
      text: '接上以后，销售会自己进来。',
      href: '/console/sources/connect',
      label: '看怎么接',
    });
  if (waiting > 0)
    steps.push({
      title: `${upTo(waiting)}退货在等它的销售单`,
      text: '销售单一到就会自动处理。',
      href: '/console/events?state=waiting',
      label: '去看',
    });
  return steps;
}

/** Conversations that wait for an answer, among the latest. */
export async function unanswered({ db, now }: Visit): Promise<number> {
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
