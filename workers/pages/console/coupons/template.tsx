/** 一种券: what it promises and its limits, and what each campaign has made of it. */
import type { TemplateId } from '../../../../schema/index.ts';
import { talliesOfTemplate, type NamedTally } from '../../../db/coupons/tallies.ts';
import { readTemplate, type CountedTemplate } from '../../../db/shop/coupon-templates.ts';
import { listStores } from '../../../db/shop/stores.ts';
import { termsOf } from '../../../words/holdings/coupon-words.ts';
import { goodsOf } from '../../../views/coupon-goods.ts';
import { count, day, money } from '../kit/format.ts';
import { office } from '../kit/nav.ts';
import { asked, Facts, Figures, Sheet, Table, type Fact } from '../kit/parts.tsx';
import { NotFound } from '../kit/refusals.tsx';
import { screen } from '../kit/screen.ts';
import { sortOf, validityOf } from '../promotions/coupons.tsx';
import { tallyColumns, tallyFigures } from '../promotions/tally.ts';
import { redemptionsPath, templatesPath } from './paths.ts';

export const templateScreen = screen({
  path: `${templatesPath}/:id`,
  title: '券',
  who: office,
  get: async ({ db, id }) => {
    const template = await readTemplate(db, id as TemplateId);
    if (!template) return NotFound('这种券', { href: templatesPath, label: '回到券' });
    const [tallies, stores, goods] = await Promise.all([
      talliesOfTemplate(db, template.id),
      listStores(db),
      goodsOf(db, template.definition.scope),
    ]);
    const names = new Map(stores.map((store) => [store.id as string, store.name]));
    return {
      title: template.definition.name,
      acts: (
        <>
          <a class="button" href="/console/grant-jobs/new">
            发给一群会员
          </a>
          <a class="button" href="/console/campaigns/new">
            放进一个活动
          </a>
          <a class="button" href={asked(redemptionsPath, { template: template.id })}>
            最近的核销记录
          </a>
        </>
      ),
      body: (
        <>
          <Sheet>
            <Facts
              facts={[
                ...factsOf(template, names),
                ...(goods.length === 0 ? [] : [['商品', goods.join('；')] as const]),
              ]}
            />
          </Sheet>
          <Figures figures={tallyFigures(template.tally)} />
          <Sheet title="从哪里发出去的" note="有效率是用掉的除以发出的，收回的也算发出">
            <Table
              caption="发得最多的在上面"
              rows={tallies}
              empty={<p>还没有发出过。按上面的按钮发给会员，或者放进一个活动，就会出现在这里。</p>}
              columns={[
                { label: '活动', show: campaignOf },
                ...tallyColumns<NamedTally>(({ tally }) => tally),
              ]}
            />
          </Sheet>
        </>
      ),
    };
  },
});

const campaignOf = ({ id, name }: NamedTally) =>
  id === '' ? '不是活动发的：手工发、领取或导购发' : <a href={`/console/campaigns/${id}`}>{name ?? id}</a>;

function factsOf({ definition, createdAt }: CountedTemplate, names: ReadonlyMap<string, string>): Fact[] {
  const { stores } = definition;
  return [
    ['种类', sortOf(definition)],
    ['门槛', termsOf(definition)],
    ['有效期', validityOf(definition)],
    ...(Array.isArray(stores) ? [['门店', stores.map((id) => names.get(id) ?? id).join('、')] as const] : []),
    ['库存', definition.stock === null ? '不限' : `${count(definition.stock)} 张`],
    ...limit('每人最多', definition.perMember),
    ...limit('每人每天', definition.perMemberPerDay),
    ...limit('每天最多发', definition.perDay),
    ...limit('每位导购可以发', definition.associateQuota),
    ...(definition.faceCostFen === null
      ? []
      : [['一张的成本', `${money(definition.faceCostFen)} 元`] as const]),
    ['建于', day(createdAt)],
  ];
}

const limit = (label: string, most: number | null): Fact[] =>
  most === null ? [] : [[label, `${count(most)} 张`]];
