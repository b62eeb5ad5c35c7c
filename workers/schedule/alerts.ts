/** 提醒用语: what the shop is told about its systems, in plain Chinese. */
import type { Alert, Reconciliation, Source } from '../../schema/index.ts';
import { atHour, localDate } from '../decide/plain/dates.ts';
import { utcDay } from '../platform/midnight.ts';

const minuteMs = 60_000;

/** `11月22日 14:59`, in the shop's local time. */
function localTime(at: number, zone: string): string {
  const date = localDate(at, zone);
  const minutes = Math.floor((at - atHour(date, 0, zone)) / minuteMs);
  const [, month, day] = date.split('-').map(Number);
  const clock = [Math.floor(minutes / 60), minutes % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
  return `${month}月${day}日 ${clock}`;
}

function lasting(ms: number): string {
  const minutes = Math.floor(ms / minuteMs);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${rest} 分钟`;
  return rest === 0 ? `${hours} 小时` : `${hours} 小时 ${rest} 分钟`;
}

type Subject = Pick<Source, 'id' | 'name'>;
const called = ({ id, name }: Subject): string => `“${name}”（${id}）`;

export function silent(
  source: Subject,
  told: {
    readonly lastEventAt: number | null;
    readonly since: number;
    readonly openMs: number;
    readonly zone: string;
  },
  now: number,
): Alert {
  const last =
    told.lastEventAt === null ? '还没有传来过数据' : `最后一次是 ${localTime(told.lastEventAt, told.zone)}`;
  return {
    id: `silent/${source.id}/${told.since}`,
    kind: 'source.silent',
    sourceId: source.id,
    text: `${called(source)}在营业时间内已有 ${lasting(told.openMs)}没有传来任何数据，${last}。请检查收银系统的网络和接口设置。`,
    at: now,
  };
}

export function resumed(source: Subject, since: number, backAt: number, now: number): Alert {
  return {
    id: `resumed/${source.id}/${since}`,
    kind: 'source.resumed',
    sourceId: source.id,
    text: `${called(source)}已恢复传送数据，中间停了 ${lasting(backAt - since)}。请核对这段时间的单据是否都补传了。`,
    at: now,
  };
}

export function stillDiffers(source: Subject, { date, stores }: Reconciliation, now: number): Alert {
  const differing = stores.filter(({ differs }) => differs.length > 0);
  const missing = differing.reduce(
    (sum, { said, received }) => sum + ((said?.orders ?? 0) - received.orders),
    0,
  );
  const count =
    missing === 0
      ? '单数相同、金额或单号不同'
      : missing > 0
        ? `少收到 ${missing} 单`
        : `多收到 ${-missing} 单`;
  return {
    id: `differs/${source.id}/${date}`,
    kind: 'reconciliation.differs',
    sourceId: source.id,
    text: `${called(source)} ${date} 的对账仍有差异：${differing.length} 家门店对不上，合计${count}。请按差异清单让收银系统补传。`,
    at: now,
  };
}

/** Once a day of Cloudflare's, which begins at eight in the morning in China. */
export const dayNearlyUsedUp = (rows: number, rowsMax: number, now: number): Alert => ({
  id: `day-nearly-used/${utcDay(now)}`,
  kind: 'day.nearly-used',
  sourceId: 'schedule',
  text: `从今天早上8点到现在，数据库已写入约 ${rows} 行，免费套餐每天最多 ${rowsMax} 行。用完之后要到明天早上8点才能再收单据，这期间收银系统会收到 503，需要稍后重发。生意忙的话，请在 Cloudflare 换成付费套餐，并把 wrangler.toml 里的 PLAN 改成 paid 重新部署。`,
  at: now,
});
