/** 领券批次: links and printed codes that members get coupons from, listed, made, and told how they go. */
import { couponBatches } from '../../../commands/definitions/coupon-batches.ts';
import type { CouponBatch } from '../../../../schema/index.ts';
import { count, day, moment } from '../kit/format.ts';
import { Mark, type Tone } from '../kit/parts.tsx';
import { office } from '../kit/nav.ts';
import { batchKinds, batchWords } from '../words/forms/promotions/batch.ts';
import { promotionChoices } from '../promotions/choices.ts';
import { fixedScreens } from '../promotions/definition.tsx';

export const batchesPath = '/console/batches';

export const batchScreens = fixedScreens({
  definition: couponBatches,
  path: batchesPath,
  who: office,
  noun: '领券批次',
  lead: '不用买东西就能领的券：印成二维码让人扫，或者印成一张一个的码。建好以后点名称，打印和下载都在里面。',
  empty: (
    <>
      <p>还没有领券批次。</p>
      <p>先建一张券，再在这里新建一个链接，打印出来贴在店里。</p>
    </>
  ),
  words: batchWords,
  choices: async ({ db }) => {
    const { templateId = [], stores = [] } = await promotionChoices(db);
    return { templateId, storeId: stores };
  },
  blank: { kind: 'link', perMember: 1 },
  createAct: 'batch.create',
  columns: ({ now }) => [
    {
      label: '名称',
      show: ({ id, definition }) => <a href={`${batchesPath}/${id}`}>{definition.name}</a>,
    },
    { label: '怎么领', show: ({ definition }) => batchKinds[definition.kind] },
    { label: '状态', show: (batch) => <Standing batch={batch} now={now} /> },
    { label: '领取时间', show: ({ definition }) => periodOf(definition, now) },
    {
      label: '已领',
      show: (batch) =>
        `${count(batch.claimed)}${totalOf(batch) === null ? '' : ` / ${count(totalOf(batch) ?? 0)}`}`,
      isNumber: true,
    },
    { label: '建于', show: ({ createdAt }) => day(createdAt) },
  ],
});

export const totalOf = ({ definition }: CouponBatch): number | null =>
  definition.kind === 'codes' ? definition.count : definition.total;

export function Standing({ batch, now }: { batch: CouponBatch; now: number }) {
  const { label, tone } = standingOf(batch, now);
  return <Mark tone={tone}>{label}</Mark>;
}

function standingOf(batch: CouponBatch, now: number): { label: string; tone: Tone } {
  const { endedAt, claimed, limitCount, definition } = batch;
  if (endedAt !== null) return { label: '已作废', tone: 'stop' };
  if (definition.from !== null && Date.parse(definition.from) > now)
    return { label: '还没开始', tone: 'wait' };
  if (definition.to !== null && Date.parse(definition.to) <= now) return { label: '已结束', tone: 'plain' };
  return limitCount !== null && claimed >= limitCount
    ? { label: '领完了', tone: 'plain' }
    : { label: '可以领', tone: 'good' };
}

export function periodOf({ from, to }: CouponBatch['definition'], now: number): string {
  const part = (instant: string | null, none: string): string =>
    instant === null ? none : moment(Date.parse(instant), now);
  return from === null && to === null ? '一直可以领' : `${part(from, '即日')} 至 ${part(to, '不限')}`;
}
