/** 投放点: the addresses of a batch, how many were claimed at each, and their posters. */
import { BatchId, type CouponBatch } from '../../../../schema/index.ts';
import { readBatch, type PlacementCount } from '../../../db/coupons/batches.ts';
import { templatesNamed } from '../../../db/shop/coupon-templates.ts';
import { readSettings } from '../../../db/shop/settings.ts';
import { claimPathOf } from '../../paths.ts';
import { count } from '../kit/format.ts';
import { office } from '../kit/nav.ts';
import { Sheet, Table } from '../kit/parts.tsx';
import { NotFound } from '../kit/refusals.tsx';
import { screen } from '../kit/screen.ts';
import type { Visit } from '../kit/visit.ts';
import { Poster } from '../shop/poster.tsx';
import { batchesPath } from './batches.tsx';

const back = { href: batchesPath, label: '回到领券批次' };
export const batchNotFound = () => NotFound('这个领券批次', back);

export async function batchOf({ db, id }: Visit): Promise<CouponBatch | null> {
  const batchId = BatchId.safeParse(id);
  return batchId.success ? readBatch(db, batchId.data) : null;
}

/** The address that members open: that of the shop, or the one that the office itself has open. */
export async function homeOf({ db, context }: Visit): Promise<string> {
  const { publicUrl } = await readSettings(db);
  return new URL(publicUrl ?? context.req.url).origin;
}

type Place = { readonly name: string; readonly at: number | null };

const placesOf = ({ definition }: CouponBatch): Place[] =>
  definition.kind === 'link' && definition.placements.length > 0
    ? definition.placements.map(({ name }, at) => ({ name, at }))
    : [{ name: definition.name, at: null }];

export function Placements({
  batch,
  counts,
  home,
}: {
  batch: CouponBatch;
  counts: readonly PlacementCount[];
  home: string;
}) {
  const at = ({ at: place }: Place, states: readonly PlacementCount['state'][] | null): string =>
    count(
      counts
        .filter((one) => one.placement === place && (states === null || states.includes(one.state)))
        .reduce((sum, one) => sum + one.count, 0),
    );
  return (
    <Sheet title="地址">
      <Table
        caption="每个投放点一个地址"
        rows={placesOf(batch)}
        empty=""
        columns={[
          { label: '放在哪里', show: ({ name }) => name },
          { label: '地址', show: (place) => <code>{home + claimPathOf(batch.id, place.at)}</code> },
          { label: '已领', show: (place) => at(place, null), isNumber: true },
          { label: '已用', show: (place) => at(place, ['used']), isNumber: true },
          {
            label: '打印',
            show: (place) => (
              <a href={`${batchesPath}/${batch.id}/poster${place.at === null ? '' : `?at=${place.at}`}`}>
                海报
              </a>
            ),
          },
        ]}
      />
    </Sheet>
  );
}

export const batchPoster = screen({
  path: `${batchesPath}/:id/poster`,
  title: '领券海报',
  who: office,
  get: async (visit) => {
    const batch = await batchOf(visit);
    const place =
      batch && placesOf(batch).find(({ at }) => String(at ?? '') === (visit.query.get('at') ?? ''));
    if (!batch || !place || batch.definition.kind === 'codes') return batchNotFound();
    const [{ shopName }, templates, home] = await Promise.all([
      readSettings(visit.db),
      templatesNamed(visit.db, [batch.definition.templateId]),
      homeOf(visit),
    ]);
    return {
      title: place.name,
      lead: '按 Ctrl+P 打印。',
      body: (
        <Poster
          url={home + claimPathOf(batch.id, place.at)}
          shopName={shopName}
          place={null}
          name={templates.get(batch.definition.templateId)?.name ?? batch.definition.name}
          line="微信扫一扫，领优惠券"
        />
      ),
    };
  },
});
