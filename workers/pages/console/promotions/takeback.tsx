/** 收回活动: what will happen is listed and asked again before it begins; then the page says how far it has come. */
import type { Child, FC } from 'hono/jsx';
import type { CampaignId } from '../../../../schema/index.ts';
import {
  beganMeanwhile,
  takeBack,
  TakeBackInput,
  type TakingBack,
} from '../../../commands/promotions/take-back.ts';
import { readCampaign, type CountedCampaign } from '../../../db/shop/campaigns.ts';
import { foresee, holders, type Foreseen, type Holder } from '../../../db/takebacks/foresee.ts';
import { readTakeback } from '../../../db/takebacks/takebacks.ts';
import { CampaignInput } from '../../../decide/campaigns/campaigns.ts';
import { yuanFigure } from '../../../decide/plain/yuan.ts';
import { checkForm, openForm, refusedForm, type FormSpec } from '../form/form.tsx';
import { sorry } from '../form/sorry.tsx';
import { csvResponse, Download, type CsvColumn } from '../kit/csv.tsx';
import { count, money, moment } from '../kit/format.ts';
import { owner } from '../kit/nav.ts';
import { asked, Confirm, Figures, isSure, Sheet, Table } from '../kit/parts.tsx';
import { saying } from '../kit/paths.ts';
import { record } from '../kit/record.ts';
import { NotFound } from '../kit/refusals.tsx';
import { screen, type Answered } from '../kit/screen.ts';
import type { ConsoleView } from '../kit/shell.tsx';
import type { Visit } from '../kit/visit.ts';
import { takebackWords } from '../words/forms/takeback.ts';
import { membersPath, phoneFor } from '../members/list.tsx';
import { progressOf } from './takeback-progress.tsx';

const base = '/console/campaigns';
export const takebackPath = (id: string): string => `${base}/${id}/take-back`;
const back = { href: base, label: '回到活动' };
const pageSize = 50;

const specOf = ({ id, token }: Visit): FormSpec<TakeBackInput> => ({
  schema: TakeBackInput,
  words: takebackWords,
  choices: {},
  action: takebackPath(id),
  token,
  label: '下一步',
});

const nameOf = ({ version }: CountedCampaign): string => CampaignInput.parse(version.definition).name;

const taking = screen({
  path: `${base}/:id/take-back`,
  title: '收回活动',
  who: owner,
  get: async (visit) => {
    const campaign = await readCampaign(visit.db, visit.id as CampaignId);
    if (!campaign) return NotFound('这个活动', back);
    const job = await readTakeback(visit.db, campaign.version.id);
    if (job) return progressOf(job, visit);
    return campaign.used === 0
      ? nothingToTake(campaign)
      : before(visit, campaign, openForm(specOf(visit), {}));
  },
  post: async (visit, form) => {
    const campaign = await readCampaign(visit.db, visit.id as CampaignId);
    if (!campaign) return NotFound('这个活动', back);
    const checked = checkForm(specOf(visit), form);
    if ('again' in checked) return before(visit, campaign, checked.again);
    const asking = { id: campaign.version.id, input: checked.input, by: visit.person.name };
    return isSure(form) ? begin(visit, asking, form) : askAgain(visit, campaign, asking, form);
  },
});

const nothingToTake = (campaign: CountedCampaign): ConsoleView => ({
  title: `收回“${nameOf(campaign)}”`,
  body: (
    <div class="sheet empty">
      <p>这个活动还没有发出过东西，没有可以收回的。</p>
      <p>不想再发，把它的状态改成“结束”就行。</p>
      <p>
        <a class="button" href={`${base}/${campaign.version.id}`}>
          回到活动
        </a>
      </p>
    </div>
  ),
});

/** The figures, the form and the list. */
async function before(visit: Visit, campaign: CountedCampaign, form: ConsoleView): Promise<ConsoleView> {
  const { id, createdAt } = campaign.version;
  const [foreseen, page] = await Promise.all([
    foresee(visit.db, { id, createdAt }),
    holders(visit.db, { id, createdAt }, { after: visit.query.get('after') ?? '', limit: pageSize }),
  ]);
  return {
    ...form,
    title: `收回“${nameOf(campaign)}”`,
    lead: '活动发错了，就从这里把发出去还没用的收回来。先看清楚，再往下点；点到最后一步以前什么都不会变。',
    acts: <Download action={`${takebackPath(id)}/csv`} token={visit.token} query={new URLSearchParams()} />,
    body: (
      <>
        <Foretold foreseen={foreseen} />
        {form.body}
        <Sheet title="发给了谁">
          <Table
            caption="先发的在上面"
            rows={page.items}
            empty="没有人手上还有它发的东西。"
            next={page.next === null ? null : asked(takebackPath(id), { after: page.next })}
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
      </>
    ),
  };
}

const causeOf = ({ orderNo }: Holder): string => (orderNo === null ? '注册' : `单号 ${orderNo}`);

const Foretold: FC<{ foreseen: Foreseen }> = ({ foreseen }) => {
  const { people, points, pointsLeft, coupons, couponsUsed, walletFen, paidFen, isWhole } = foreseen;
  return (
    <>
      {!isWhole && (
        <p class="note wait">活动开始以来的单子太多，下面只数了前 10 万单；收回的时候会全部走完。</p>
      )}
      <Figures
        figures={[
          { label: '会员', value: count(people), unit: '人' },
          { label: '发出积分', value: count(points), unit: `分，还在手上约 ${count(pointsLeft)}` },
          { label: '券没用，会收回', value: count(coupons), unit: '张' },
          { label: '券用掉了，收不回', value: count(couponsUsed), unit: '张' },
          { label: '红包', value: money(walletFen), unit: '元' },
          { label: '其中已转到微信，收不回', value: money(paidFen), unit: '元' },
        ]}
      />
    </>
  );
};

async function askAgain(
  visit: Visit,
  campaign: CountedCampaign,
  { id, input: { reason, tells } }: TakingBack,
  form: URLSearchParams,
): Promise<Answered> {
  const found = await foresee(visit.db, { id, createdAt: campaign.version.createdAt });
  const isRunning = campaign.version.status !== 'ended';
  if (campaign.used === 0) return refusedForm(specOf(visit), form, nothingGiven);
  return {
    title: `收回“${nameOf(campaign)}”`,
    body: (
      <Confirm
        action={takebackPath(id)}
        token={visit.token}
        fields={{ reason, ...(tells && { tells: form.get('tells') ?? 'on' }) }}
        what={<WillHappen found={found} isRunning={isRunning} tells={tells} />}
        label={`确认收回，涉及 ${count(found.people)} 人`}
        back={takebackPath(id)}
      />
    ),
  };
}

const WillHappen: FC<{ found: Foreseen; isRunning: boolean; tells: boolean }> = ({
  found,
  isRunning,
  tells,
}) => (
  <>
    <p>确认以后：</p>
    <ul>
      {isRunning && <li>活动马上结束，以后不能再启用。</li>}
      <li>
        从 {count(found.people)} 位会员手上收回：最多 {count(found.points)} 积分、没用的券{' '}
        {count(found.coupons)} 张、红包 {money(found.walletFen - found.paidFen)}{' '}
        元。还没转到微信的红包会叫停。
      </li>
      <li>
        用掉的 {count(found.couponsUsed)} 张券、已经转到微信的 {money(found.paidFen)}{' '}
        元收不回来；花掉的积分，按店铺设置里“退货时积分不够扣怎么办”处理。
      </li>
      <li>同一笔消费得到的其他活动的东西不动，也不补发别的。</li>
      <li>{tells ? '收完以后，每位会员收到一条通知。' : '不通知会员。'}</li>
    </ul>
    <p>收回以后不能恢复。</p>
  </>
);

async function begin(visit: Visit, asking: TakingBack, form: URLSearchParams): Promise<Answered> {
  const draft = await takeBack(visit.db, asking, visit.now);
  if ('code' in draft) return sorry(draft);
  const { before: version, row } = draft;
  try {
    await record(
      visit,
      {
        act: 'campaign.take-back',
        subject: asking.id,
        before: { status: version.status, version: version.version },
        after: { status: 'ended', reason: row.reason, tells: row.tells, causes: row.expected },
      },
      draft,
    );
  } catch (error) {
    const problem = beganMeanwhile(error);
    if (problem === null) throw error;
    return refusedForm(specOf(visit), form, problem);
  }
  return visit.context.redirect(saying(takebackPath(asking.id), 'taking'), 303);
}

const nothingGiven = { status: 409, code: 'nothing_given', detail: 'nothing was given' } as const;

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

const csv = screen({
  path: `${base}/:id/take-back/csv`,
  title: '下载收回名单',
  who: owner,
  post: async (visit) => {
    const campaign = await readCampaign(visit.db, visit.id as CampaignId);
    if (!campaign) return NotFound('这个活动', back);
    const { id, createdAt } = campaign.version;
    await record(visit, { act: 'list.export', subject: '收回名单', before: null, after: { campaign: id } });
    return csvResponse<Holder, string>({
      name: 'take-back',
      columns: csvColumns(visit),
      first: '',
      read: (after, limit) => holders(visit.db, { id, createdAt }, { after, limit }),
    });
  },
});

/** On the campaign's own page. */
export const takebackLink = (id: string): Child => (
  <a class="button stop" href={takebackPath(id)}>
    收回这个活动发出的
  </a>
);

export const takebackScreens = [taking, csv];
