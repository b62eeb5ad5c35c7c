/** 发给了谁: what a campaign gave, in figures, as a list and as a file. */
import type { FC } from 'hono/jsx';
import type { CampaignId } from '../../../../schema/index.ts';
import { readCampaign } from '../../../db/shop/campaigns.ts';
import { holders, type Foreseen, type Holder, type HoldersPage } from '../../../db/takebacks/foresee.ts';
import { yuanFigure } from '../../../decide/plain/yuan.ts';
import { csvResponse, type CsvColumn } from '../kit/csv.tsx';
import { count, money, moment } from '../kit/format.ts';
import { owner } from '../kit/nav.ts';
import { asked, Figures, Sheet, Table } from '../kit/parts.tsx';
import { record } from '../kit/record.ts';
import { NotFound } from '../kit/refusals.tsx';
import { screen } from '../kit/screen.ts';
import type { Visit } from '../kit/visit.ts';
import { membersPath, phoneFor } from '../members/list.tsx';

export const base = '/console/campaigns';
export const takebackPath = (id: string): string => `${base}/${id}/take-back`;
export const back = { href: base, label: '回到活动' };

const causeOf = ({ orderNo }: Holder): string => (orderNo === null ? '注册' : `单号 ${orderNo}`);

export const Foretold: FC<{ foreseen: Foreseen }> = ({ foreseen }) => {
  const { people, points, pointsLeft, coupons, couponsUsed, walletFen, paidFen, isWhole } = foreseen;
  return (
    <>
      {!isWhole && (
        <p class="note wait">活动开始以来的单子太多，下面只数了前 10 万单；收回的时候会全部走完。</p>
      )}
      <Figures
        figures={[
          { label: '会员', value: count(people), unit: '人' },
          { label: '发出积分', value: count(points), unit: '分' },
          { label: '其中还没花掉，约', value: count(pointsLeft), unit: '分' },
          { label: '券没用，会收回', value: count(coupons), unit: '张' },
          { label: '券用掉了，收不回', value: count(couponsUsed), unit: '张' },
          { label: '红包', value: money(walletFen), unit: '元' },
          { label: '其中已转到微信，收不回', value: money(paidFen), unit: '元' },
        ]}
      />
    </>
  );
};

export const Holders: FC<{ visit: Visit; page: HoldersPage }> = ({ visit, page }) => (
  <Sheet title="发给了谁">
    <Table
      caption="先发的在上面"
      rows={page.items}
      empty="没有人手上还有它发的东西。"
      next={page.next === null ? null : asked(takebackPath(visit.id), { after: page.next })}
      columns={[
        {
          label: '会员',
          show: ({ memberId, name }) => <a href={`${membersPath}/${memberId}`}>{name ?? '没有填'}</a>,
        },
        { label: '手机', show: ({ phone }) => phoneFor(visit, phone) },
        { label: '因为', show: causeOf },
        { label: '时间', show: ({ at }) => (at === null ? '' : moment(at, visit.now)) },
        { label: '积分', show: ({ points }) => count(points), isNumber: true },
        { label: '券没用', show: ({ coupons }) => count(coupons), isNumber: true },
        { label: '券用了', show: ({ couponsUsed }) => count(couponsUsed), isNumber: true },
        { label: '红包（元）', show: ({ walletFen }) => money(walletFen), isNumber: true },
      ]}
    />
  </Sheet>
);

const csvColumns = (visit: Visit): CsvColumn<Holder>[] => [
  { label: '会员编号', text: ({ memberId }) => memberId },
  { label: '称呼', text: ({ name }) => name ?? '' },
  { label: '手机', text: ({ phone }) => (phone === null ? '' : phoneFor(visit, phone)) },
  { label: '因为', text: causeOf },
  { label: '时间', text: ({ at }) => (at === null ? '' : moment(at, visit.now)) },
  { label: '积分', text: ({ points }) => String(points) },
  { label: '券没用', text: ({ coupons }) => String(coupons) },
  { label: '券用了', text: ({ couponsUsed }) => String(couponsUsed) },
  { label: '红包（元）', text: ({ walletFen }) => yuanFigure(walletFen) },
];

export const holdersCsv = screen({
  path: `${base}/:id/take-back/csv`,
  title: '下载收回名单',
  who: owner,
  post: async (visit) => {
    const campaign = await readCampaign(visit.db, visit.id as CampaignId);
    if (!campaign) return NotFound('这个活动', back);
    const { id, createdAt } = campaign.version;
    await record(visit, { act: 'list.export', subject: '收回名单', before: null, after: { campaign: id } });
    return csvResponse<Holder, string>({
      name: '活动收回',
      columns: csvColumns(visit),
      first: '',
      read: (after, limit) => holders(visit.db, { id, createdAt }, { after, limit }),
    });
  },
});
