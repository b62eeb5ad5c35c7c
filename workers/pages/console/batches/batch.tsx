/** 一个领券批次: how its coupons stand, where its addresses are, its posters and its codes, and calling off the rest. */
import type { CouponBatch } from '../../../../schema/index.ts';
import { unclaimedState } from '../../../commands/coupons/list-codes.ts';
import { callOff } from '../../../commands/definitions/coupon-batches.ts';
import { countClaims, countedMax, type PlacementCount } from '../../../db/coupons/batches.ts';
import { templatesNamed } from '../../../db/shop/coupon-templates.ts';
import { listStores } from '../../../db/shop/stores.ts';
import { Download } from '../kit/csv.tsx';
import { count, moment } from '../kit/format.ts';
import { office } from '../kit/nav.ts';
import { Confirm, Facts, Figures, isSure, Sheet, type Fact } from '../kit/parts.tsx';
import { saying } from '../kit/paths.ts';
import { record } from '../kit/record.ts';
import { screen } from '../kit/screen.ts';
import type { Visit } from '../kit/visit.ts';
import { batchKinds } from '../words/forms/promotions/batch.ts';
import { batchNotFound, batchOf, homeOf, Placements } from './batch-places.tsx';
import { batchesPath, periodOf, Standing, totalOf } from './batches.tsx';

const one = screen({
  path: `${batchesPath}/:id`,
  title: '领券批次',
  who: office,
  get: async (visit) => {
    const batch = await batchOf(visit);
    if (!batch) return batchNotFound();
    const counts = await countClaims(visit.db, batch.id, visit.now);
    const own = `${batchesPath}/${batch.id}`;
    const isPrinted = batch.definition.kind === 'codes';
    return {
      title: batch.definition.name,
      lead: isPrinted
        ? '下载表格就能交给印刷厂：一行一个码，旁边有直接领取的地址，可以印成二维码。'
        : '点“海报”打印二维码，或者把地址发出去。每个投放点分开计数。',
      acts: (
        <>
          {isPrinted && (
            <Download action={`${own}/codes.csv`} token={visit.token} query={new URLSearchParams()} />
          )}
          {batch.endedAt === null && (
            <a class="button stop" href={`${own}/call-off`}>
              作废没领的
            </a>
          )}
        </>
      ),
      body: (
        <>
          <Figures figures={figuresOf(batch, counts, visit.now)} />
          {counts.reduce((sum, { count: part }) => sum + part, 0) >= countedMax && (
            <p class="note">已领的太多，用掉和过期的只数了其中 {count(countedMax)} 张。</p>
          )}
          <Sheet title="设置">
            <Facts facts={await factsOf(visit, batch)} />
          </Sheet>
          {!isPrinted && <Placements batch={batch} counts={counts} home={await homeOf(visit)} />}
        </>
      ),
    };
  },
});

/** 已领 are all that were claimed; each of them counts once more behind it. */
function figuresOf(batch: CouponBatch, counts: readonly PlacementCount[], now: number) {
  const of = (state: PlacementCount['state']): number =>
    counts.reduce((sum, one) => sum + (one.state === state ? one.count : 0), 0);
  const total = totalOf(batch);
  const left = total === null ? null : total - batch.claimed;
  const leftLabel = { printed: '没有领', 'called-off': '作废', closed: '过了领取时间' } as const;
  return [
    ...(total === null ? [] : [{ label: '一共', value: count(total) }]),
    { label: '已领', value: count(batch.claimed) },
    ...(left === null ? [] : [{ label: leftLabel[unclaimedState(batch, now)], value: count(left) }]),
    { label: '已领没有用', value: count(of('held')) },
    { label: '已用', value: count(of('used')) },
    { label: '过期', value: count(of('over')) },
    { label: '收回', value: count(of('revoked')) },
  ];
}

async function factsOf({ db, now }: Visit, batch: CouponBatch): Promise<Fact[]> {
  const { definition, endedAt } = batch;
  const [templates, stores] = await Promise.all([
    templatesNamed(db, [definition.templateId]),
    listStores(db),
  ]);
  const store = stores.find(({ id }) => id === definition.storeId);
  return [
    ['状态', <Standing batch={batch} now={now} />],
    ['怎么领', batchKinds[definition.kind]],
    ['券', templates.get(definition.templateId)?.name ?? definition.templateId],
    ['领取时间', periodOf(definition, now)],
    ['每人限领', `${count(definition.perMember)} 张`],
    ...(store ? [['门店', store.name] as const] : []),
    ...(endedAt === null ? [] : [['作废于', moment(endedAt, now)] as const]),
  ];
}

const Ask = ({ batch, token }: { batch: CouponBatch; token: string }) => (
  <Confirm
    action={`${batchesPath}/${batch.id}/call-off`}
    token={token}
    what={
      <p>
        作废“{batch.definition.name}”没领的：已经领走的 {count(batch.claimed)} 张不变，其余的马上就领不到了
        {batch.definition.kind === 'codes' && '，印出去的码也不能再用'}。作废以后不能恢复。
      </p>
    }
    label="确认作废"
    back={`${batchesPath}/${batch.id}`}
  />
);

const calling = screen({
  path: `${batchesPath}/:id/call-off`,
  title: '作废没领的',
  who: office,
  get: async (visit) => {
    const batch = await batchOf(visit);
    return batch?.endedAt === null ? { body: <Ask batch={batch} token={visit.token} /> } : batchNotFound();
  },
  post: async (visit, form) => {
    const batch = await batchOf(visit);
    if (batch?.endedAt !== null) return batchNotFound();
    if (!isSure(form)) return { body: <Ask batch={batch} token={visit.token} /> };
    const after = await callOff(visit.db, batch.id, visit.now);
    const left = after && { claimed: after.claimed, endedAt: after.endedAt };
    await record(visit, { act: 'batch.call-off', subject: batch.id, before: null, after: left });
    return visit.context.redirect(saying(`${batchesPath}/${batch.id}`, 'called_off'), 303);
  },
});

export const oneBatchScreens = [one, calling];
