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
import { foresee, holders, type Foreseen } from '../../../db/takebacks/foresee.ts';
import { readTakeback } from '../../../db/takebacks/takebacks.ts';
import { CampaignInput } from '../../../decide/campaigns/campaigns.ts';
import { checkForm, openForm, refusedForm, type FormSpec } from '../form/form.tsx';
import { sorry } from '../form/sorry.tsx';
import { Download } from '../kit/csv.tsx';
import { count, money } from '../kit/format.ts';
import { owner } from '../kit/nav.ts';
import { Confirm, isSure } from '../kit/parts.tsx';
import { saying } from '../kit/paths.ts';
import { record } from '../kit/record.ts';
import { NotFound } from '../kit/refusals.tsx';
import { screen, type Answered } from '../kit/screen.ts';
import type { ConsoleView } from '../kit/shell.tsx';
import type { Visit } from '../kit/visit.ts';
import { takebackWords } from '../words/forms/promotions/takeback.ts';
import { back, base, Foretold, Holders, holdersCsv, takebackPath } from './takeback-list.tsx';
import { progressOf } from './takeback-progress.tsx';

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
      : before(visit, campaign, openForm(specOf(visit), { tells: true }));
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
        <Holders visit={visit} page={page} />
      </>
    ),
  };
}

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
        fields={{ reason, ...(tells && { tells: 'yes' }) }}
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
    <p>活动马上停；收回马上开始，由后台一页一页地做，笔数多要一些时间。收回以后不能恢复。</p>
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

/** On the campaign's own page. */
export const takebackLink = (id: string): Child => (
  <a class="button stop" href={takebackPath(id)}>
    收回这个活动发出的
  </a>
);

export const takebackScreens = [taking, holdersCsv];
