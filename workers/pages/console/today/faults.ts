/** 哪里不对: what is wrong with the connections, with yesterday's books and with the system, and where it is mended. */
import type { Alert } from '../../../../schema/index.ts';
import { fromNewest } from '../../../db/paging.ts';
import { listAlerts } from '../../../db/upkeep/alerts.ts';
import { differingOn } from '../../../db/sources/reconciliation.ts';
import { addDays, dayMs } from '../../../decide/plain/dates.ts';
import { day } from '../kit/format.ts';
import { owner, reckoning, technical } from '../kit/nav.ts';
import { asked } from '../kit/parts.tsx';
import { isOneOf, type Visit } from '../kit/visit.ts';
import { lookAtSystem, systemPath } from '../health/system.tsx';
import { apartText, dayPath, seenBy } from '../reconciliation/sums.ts';
import { connectionSteps } from '../words/access/states.ts';
import { worryWords } from '../words/access/health.ts';
import type { Step } from './steps.ts';

const alertsLookedAt = 10;
const connectionAlerts: readonly string[] = ['address.unlisted', 'wechat.callback-refused'];

/** Of each matter what this person may mend; asked together. */
export async function faultsFor(visit: Visit): Promise<Step[]> {
  const { person } = visit;
  const faults = await Promise.all([
    isOneOf(person, technical) ? connectionFaults(visit) : [],
    isOneOf(person, reckoning) ? differingSteps(visit) : [],
    isOneOf(person, owner) ? systemSteps(visit) : [],
  ]);
  return faults.flat();
}

/** Known without asking anybody: settings that cannot be right, and what came to light in the course of the day. */
async function connectionFaults({ db, deps: { checks }, now }: Visit): Promise<Step[]> {
  const { wechat, channels } = checks.faults;
  const alerts = (await listAlerts(db, fromNewest, alertsLookedAt)).filter(
    ({ kind, at }) => connectionAlerts.includes(kind) && at > now - dayMs,
  );
  const isPay = ({ sourceId }: Alert): boolean => sourceId === 'wechat-pay';
  const { wechat: ofWechat, channels: ofChannels, wechatAlert, payAlert } = connectionSteps;
  return [
    ...(wechat.length > 0 ? [ofWechat] : alerts.some((one) => !isPay(one)) ? [wechatAlert] : []),
    ...(channels.length > 0 ? [ofChannels] : alerts.some(isPay) ? [payAlert] : []),
  ];
}

/** 对账: what yesterday lacks can still be sent again today. */
async function differingSteps(visit: Visit): Promise<Step[]> {
  const yesterday = addDays(day(visit.now), -1);
  const days = await differingOn(visit.db, yesterday);
  return days.flatMap((one) => {
    const { isEqual, said, received } = seenBy(visit, one);
    if (isEqual) return [];
    return {
      title: `昨天的账对不上：这里${apartText(said, received)}`,
      text: '少了的单，会员还没有积分。点进去看是哪一单、怎么补。',
      href: asked(dayPath(one.sourceId), { on: yesterday }),
      label: '去对账',
    };
  });
}

/** 系统: what it worries about, in one step however much it is. */
async function systemSteps(visit: Visit): Promise<Step[]> {
  const { worries } = await lookAtSystem(visit);
  const [first] = worries;
  if (first === undefined) return [];
  return [
    {
      title: worries.map((worry) => worryWords[worry].title).join('；'),
      text: worries.length === 1 ? worryWords[first].todo : '每一件怎么办，都写在“系统”那一页。',
      href: systemPath,
      label: '去看',
    },
  ];
}
