/** 营销活动: what a purchase or a registration brings, drawn up by form; running, planned and over told apart. */
import type { FC } from 'hono/jsx';
import { office, owner } from '../kit/nav.ts';
import { campaigns } from '../../../commands/definitions/campaigns.ts';
import { CampaignInput } from '../../../decide/campaigns/campaigns.ts';
import type { CountedCampaign } from '../../../db/shop/campaigns.ts';
import { talliesOfCampaign, type NamedTally } from '../../../db/coupons/tallies.ts';
import { templatePath } from '../coupons/paths.ts';
import { count, money, moment } from '../kit/format.ts';
import { Figures, Mark, Sheet, Table, type Tone } from '../kit/parts.tsx';
import { isOneOf } from '../kit/visit.ts';
import { campaignWords } from '../words/forms/promotions/campaign.ts';
import { promotionChoices } from './choices.ts';
import { changeableScreens } from './definition.tsx';
import { tidied, unfitting } from './fitting.ts';
import { tallyColumns, tallyFigures } from './tally.ts';
import { Preview, previewScreen } from './preview.tsx';
import { TriggerPreview } from './preview-trigger.tsx';
import { triggerOf } from '../../../decide/triggers/index.ts';
import { takebackLink } from '../takebacks/takeback.tsx';

export const campaignsPath = '/console/campaigns';

export const campaignScreens = [
  previewScreen,
  ...changeableScreens({
    definition: campaigns,
    path: campaignsPath,
    who: office,
    noun: '活动',
    lead: '买满多少送什么；注册、关注、签到、充值、生日、发一个词送什么。改了以后，之前的销售仍按当时的规则算。',
    empty: (
      <>
        <p>还没有活动。</p>
        <p>先建一张券，再建一个“满多少送券”的活动，是最常见的开始。</p>
      </>
    ),
    words: campaignWords,
    choices: ({ db }) => promotionChoices(db),
    hides: unfitting,
    tidied,
    blank: {
      status: 'active',
      rewards: [{ kind: 'coupon', count: 1 }],
      conditions: [{ kind: 'spend', scope: 'order', measure: 'amount' }],
    },
    createAct: 'campaign.create',
    changeAct: 'campaign.change',
    columns: ({ now }) => [
      {
        label: '名称',
        show: ({ version }) => (
          <a href={`${campaignsPath}/${version.id}`}>{CampaignInput.parse(version.definition).name}</a>
        ),
      },
      {
        label: '什么时候送',
        show: ({ version }) => triggerOf(CampaignInput.parse(version.definition).trigger).gift,
      },
      { label: '状态', show: (row) => <Standing row={row} now={now} /> },
      { label: '时间', show: ({ version }) => periodOf(version.definition, now) },
      { label: '参加次数', show: ({ used }) => count(used), isNumber: true },
      ...tallyColumns<CountedCampaign>(({ tally }) => tally),
      { label: '送出（元）', show: ({ spentFen }) => money(spentFen), isNumber: true },
    ],
    acts: ({ person }, { version, used }) =>
      used > 0 && isOneOf(person, owner) ? takebackLink(version.id) : null,
    beside: async (visit, row) => (
      <>
        <Figures
          figures={[
            { label: '参加次数', value: count(row.used) },
            { label: '送出', value: money(row.spentFen), unit: '元' },
            { label: '改过', value: count(row.version.version - 1), unit: '次' },
            ...tallyFigures(row.tally),
          ]}
        />
        <Coupons tallies={await talliesOfCampaign(visit.db, row.version.id)} />
        <Trial row={row} token={visit.token} />
      </>
    ),
  }),
];

function Trial({ row: { version }, token }: { row: CountedCampaign; token: string }) {
  const trigger = triggerOf(CampaignInput.parse(version.definition).trigger);
  return trigger.kind === 'sale.completed' ? (
    <Preview id={version.id} token={token} />
  ) : (
    <TriggerPreview id={version.id} token={token} trigger={trigger} />
  );
}

/** 券的成绩, coupon by coupon. */
const Coupons: FC<{ tallies: readonly NamedTally[] }> = ({ tallies }) =>
  tallies.length === 0 ? (
    <></>
  ) : (
    <Sheet title="送出的券" note="有效率是用掉的除以发出的，收回的也算发出">
      <Table
        caption="发得最多的在上面"
        rows={tallies}
        empty=""
        columns={[
          { label: '券', show: ({ id, name }) => <a href={templatePath(id)}>{name ?? id}</a> },
          ...tallyColumns<NamedTally>(({ tally }) => tally),
        ]}
      />
    </Sheet>
  );

function Standing({ row: { version }, now }: { row: CountedCampaign; now: number }) {
  const { label, tone } = standingOf(version, now);
  return <Mark tone={tone}>{label}</Mark>;
}

function standingOf(
  { status, definition }: CountedCampaign['version'],
  now: number,
): { label: string; tone: Tone } {
  if (status !== 'active') return statusWords[status];
  const { from, to } = CampaignInput.parse(definition);
  if (from !== null && Date.parse(from) > now) return { label: '还没开始', tone: 'wait' };
  if (to !== null && Date.parse(to) <= now) return { label: '已过期', tone: 'plain' };
  return { label: '进行中', tone: 'good' };
}

const statusWords = {
  draft: { label: '草稿', tone: 'plain' },
  paused: { label: '已暂停', tone: 'wait' },
  ended: { label: '已结束', tone: 'plain' },
} as const;

function periodOf(definition: unknown, now: number): string {
  const { from, to } = CampaignInput.parse(definition);
  const part = (instant: string | null, none: string): string =>
    instant === null ? none : moment(Date.parse(instant), now);
  return from === null && to === null ? '一直有效' : `${part(from, '即日')} 至 ${part(to, '不限')}`;
}
