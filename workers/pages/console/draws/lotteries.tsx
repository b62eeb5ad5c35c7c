/** 积分抽奖: what there is, what it costs when everything is won, and what is left. */
import type { Lottery } from '../../../../schema/index.ts';
import { lotteries } from '../../../commands/definitions/lotteries.ts';
import { costOf, leftOf, lotsOf, lotteryMiss } from '../../../decide/draws/lottery.ts';
import { count, money, percent } from '../kit/format.ts';
import { office } from '../kit/nav.ts';
import { Figures, Mark, Sheet, Table, type Tone } from '../kit/parts.tsx';
import { promotionChoices } from '../promotions/choices.ts';
import { changeableScreens } from '../promotions/definition.tsx';
import { lotteryWords } from '../words/forms/promotions/lottery.ts';

export const lotteriesPath = '/console/lotteries';

export const leftIn = (lottery: Lottery): number =>
  lottery.definition.prizes.reduce((sum, _, place) => sum + leftOf(lottery, place), 0);

export const lotteryScreens = changeableScreens({
  definition: lotteries,
  path: lotteriesPath,
  who: office,
  noun: '积分抽奖',
  lead: '会员用积分抽奖：在会员中心里抽，或者给公众号发关键词。抽中的东西凭领奖码到店领，在“核销”里办。',
  empty: (
    <>
      <p>还没有抽奖，会员中心里也就没有“积分抽奖”。</p>
      <p>写好奖品、份数和哪几天抽，存下就能用；成本存下以后看得到。</p>
    </>
  ),
  words: lotteryWords,
  choices: async ({ db }) => {
    const { templateId = [] } = await promotionChoices(db);
    return { templateId };
  },
  blank: { enabled: true, points: 100, prizes: [{ kind: 'thing' }] },
  createAct: 'lottery.create',
  changeAct: 'lottery.change',
  columns: ({ now }) => [
    { label: '名称', show: ({ id, definition }) => <a href={`${lotteriesPath}/${id}`}>{definition.name}</a> },
    { label: '哪几天', show: ({ definition }) => `${definition.firstOn} 到 ${definition.lastOn}` },
    { label: '奖品（份）', show: ({ definition }) => count(costOf(definition).prizes), isNumber: true },
    { label: '成本（元）', show: ({ definition }) => money(costOf(definition).fen), isNumber: true },
    { label: '抽了', show: ({ drawn }) => count(drawn), isNumber: true },
    { label: '还剩（份）', show: (lottery) => count(leftIn(lottery)), isNumber: true },
    { label: '状态', show: (lottery) => <Standing lottery={lottery} now={now} /> },
  ],
  acts: (_, { id }) => (
    <a class="button" href={`${lotteriesPath}/${id}/winners`}>
      中奖名单
    </a>
  ),
  beside: async (_, lottery) => <Cost lottery={lottery} />,
});

/** 成本, to the fen, with what is left and how likely each is. */
export function Cost({ lottery }: { lottery: Lottery }) {
  const { definition, awarded, drawn } = lottery;
  const { prizes, fen } = costOf(definition);
  const { each, total } = lotsOf(definition);
  const rows = definition.prizes.map((prize, place) => ({ prize, place }));
  return (
    <Sheet title="成本">
      <Figures
        figures={[
          { label: '奖品', value: count(prizes), unit: '份' },
          { label: '全部送出的成本', value: money(fen), unit: '元' },
          { label: '抽了', value: count(drawn), unit: '次' },
        ]}
      />
      <Table
        caption="每个奖品"
        rows={rows}
        empty=""
        columns={[
          { label: '奖项', show: ({ prize }) => prize.name },
          { label: '价值（元）', show: ({ prize }) => money(prize.valueFen), isNumber: true },
          { label: '份数', show: ({ prize }) => count(prize.quota), isNumber: true },
          { label: '小计（元）', show: ({ prize }) => money(prize.valueFen * prize.quota), isNumber: true },
          { label: '抽走', show: ({ place }) => count(awarded[place] ?? 0), isNumber: true },
          { label: '还剩', show: ({ place }) => count(leftOf(lottery, place)), isNumber: true },
          { label: '每次机会', show: ({ place }) => percent((each[place] ?? 0) / total), isNumber: true },
        ]}
      />
    </Sheet>
  );
}

const standings: Readonly<Record<string, { readonly label: string; readonly tone: Tone }>> = {
  NOT_YET: { label: '还没开始', tone: 'wait' },
  CLOSED: { label: '已结束', tone: 'plain' },
  LOTTERY_OFF: { label: '关着', tone: 'stop' },
};

function Standing({ lottery, now }: { lottery: Lottery; now: number }) {
  const miss = lotteryMiss(lottery, { used: 0, usedToday: 0 }, now);
  const running = leftIn(lottery) === 0 ? ({ label: '抽完了', tone: 'plain' } as const) : undefined;
  const { label, tone } = (miss ? standings[miss.reason] : running) ?? { label: '正在抽', tone: 'good' };
  return <Mark tone={tone}>{label}</Mark>;
}
