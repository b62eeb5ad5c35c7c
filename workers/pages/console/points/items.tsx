/** 积分商城: what stands in it, at what price, and how many of each are gone. */
import type { ExchangeItem } from '../../../../schema/index.ts';
import { exchangeItems } from '../../../commands/definitions/exchange-items.ts';
import { exchangeMiss } from '../../../decide/money/exchanges.ts';
import { count, day } from '../kit/format.ts';
import { office } from '../kit/nav.ts';
import { Mark, type Tone } from '../kit/parts.tsx';
import { promotionChoices } from '../promotions/choices.ts';
import { changeableScreens } from '../promotions/definition.tsx';
import { exchangeItemWords } from '../words/forms/promotions/coupon.ts';

const path = '/console/exchange-items';

export const exchangeItemScreens = changeableScreens({
  definition: exchangeItems,
  path,
  who: office,
  noun: '兑换品',
  lead: '会员在会员中心的“积分商城”里自己换，收银员和导购也能替她换。换错了，一天以内在会员页上撤销。',
  empty: (
    <>
      <p>还没有兑换品，会员中心里也就没有“积分商城”。</p>
      <p>先建一张券（换东西就建礼品券），再在这里给它定一个积分价。</p>
    </>
  ),
  words: exchangeItemWords,
  choices: async ({ db }) => {
    const { templateId = [] } = await promotionChoices(db);
    return { templateId };
  },
  blank: { enabled: true },
  createAct: 'exchange-item.create',
  changeAct: 'exchange-item.change',
  columns: ({ now }) => [
    { label: '名称', show: ({ id, definition }) => <a href={`${path}/${id}`}>{definition.name}</a> },
    { label: '积分', show: ({ definition }) => count(definition.points), isNumber: true },
    {
      label: '已换',
      show: ({ exchanged, limitCount }) =>
        `${count(exchanged)}${limitCount === null ? '' : ` / ${count(limitCount)}`}`,
      isNumber: true,
    },
    { label: '状态', show: (item) => <Standing item={item} now={now} /> },
    { label: '建于', show: ({ createdAt }) => day(createdAt) },
  ],
});

function Standing({ item, now }: { item: ExchangeItem; now: number }) {
  const { label, tone } = standingOf(item, now);
  return <Mark tone={tone}>{label}</Mark>;
}

const standings: Readonly<Record<string, { readonly label: string; readonly tone: Tone }>> = {
  NOT_YET: { label: '还没开始', tone: 'wait' },
  CLOSED: { label: '已结束', tone: 'plain' },
  OUT_OF_STOCK: { label: '换完了', tone: 'plain' },
};

function standingOf(item: ExchangeItem, now: number): { readonly label: string; readonly tone: Tone } {
  const miss = exchangeMiss(item, { used: 0, now });
  if (!miss) return { label: '可以换', tone: 'good' };
  return standings[miss.reason] ?? { label: '已下架', tone: 'stop' };
}
