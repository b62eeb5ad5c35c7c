/** 要您看一眼的: what waits for a person, each with its next step, in the order in which it hurts. */
import type { Child } from 'hono/jsx';
import { listConversations, standingsOf } from '../../../db/conversations/threads.ts';
import { endOfTime, fromNewest } from '../../../db/paging.ts';
import { listCampaigns } from '../../../db/shop/campaigns.ts';
import { readSettings } from '../../../db/shop/settings.ts';
import { listSources } from '../../../db/sources/registered-sources.ts';
import { countedMax, type Today } from '../../../db/upkeep/today.ts';
import { lookAtSystem, systemPath } from '../health/system.tsx';
import { worryWords } from '../words/health.ts';
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

/** In the order in which they hurt. */
export async function stepsFor(visit: Visit, today: Today): Promise<Step[]> {
  const { person } = visit;
  const isTechnical = isOneOf(person, technical);
  return [
    ...(isTechnical ? parkedSteps(today) : []),
    ...(isOneOf(person, office) ? await officeSteps(visit, today) : []),
    ...(isOneOf(person, owner) ? await ownerSteps(visit) : []),
    ...(isTechnical ? await tillSteps(visit, today) : []),
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

async function officeSteps(visit: Visit, { stuckMessages }: Today): Promise<Step[]> {
  const steps: Step[] = [];
  const unread = await unanswered(visit);
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
  if ((await listCampaigns(visit.db, fromNewest, 1)).length === 0)
    steps.push({
      title: '还没有活动',
      text: '先建一张券，再建一个“满多少送券”的活动。',
      href: '/console/coupons/new',
      label: '建第一张券',
    });
  return steps;
}

async function ownerSteps(visit: Visit): Promise<Step[]> {
  const { db, deps, person } = visit;
  const steps: Step[] = [];
  const { worries } = await lookAtSystem(visit);
  if (worries[0] !== undefined)
    steps.push({
      title: worries.map((worry) => worryWords[worry].title).join('；'),
      text: worries.length === 1 ? worryWords[worries[0]].todo : '每一件怎么办，都写在“系统”那一页。',
      href: systemPath,
      label: '去看',
    });
  const { publicUrl } = await readSettings(db);
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

async function tillSteps({ db }: Visit, { waiting }: Today): Promise<Step[]> {
  const steps: Step[] = [];
  if ((await listSources(db, '', 1)).length === 0)
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
