/** 店铺: everything a benchmark's merchant has set up, as rows for the database. */
import {
  associates,
  campaignCounters,
  campaigns,
  couponTemplateCounters,
  couponTemplates,
  identities,
  members,
  products,
  reminderPlans,
  settings,
  sources,
  stores,
  TemplateId,
  type AssociateId,
  type IdentityKey,
  type Member,
  type MemberId,
  type PlanId,
  type StoreId,
} from '../../schema/index.ts';
import { CampaignInput } from '../../workers/decide/campaigns/campaigns.ts';
import { CouponTemplateInput } from '../../workers/decide/coupons/kinds/index.ts';
import { byKind } from '../../workers/decide/plain/registry.ts';
import { reminderKinds } from '../../workers/decide/reminders/index.ts';
import type { Db, Statement } from '../../workers/db/db.ts';
import { insertSet } from '../../workers/db/set.ts';
import { milkCategory, products as productsOf } from './catalogue.ts';
import { couponForAll, definitions, storeIds, versions, type Definition, type Shape } from './campaigns.ts';
import { memberRef } from './sales.ts';

export const sourceId = 'till';
export const secret = `whsec_${btoa('thirty-two bytes for a benchmark')}`;
export const seed = 'a benchmark has no secrets, only a seed of its own';

const templateId = TemplateId.parse('template-100');
const shopOpenedAt = Date.parse('2026-01-01T00:00:00+08:00');
const rowsPerStatement = 2_000;

export type Shop = {
  readonly shape: Shape;
  readonly campaigns: number;
  readonly members: number;
  /** Members who follow the account are told what they earned. */
  readonly follow: boolean;
  /** What else the merchant has chosen. */
  readonly settings?: object;
};

/** One campaign for everyone and so many of the shape's own. */
export const definitionsOf = ({ shape, campaigns: count }: Shop): Definition[] => [
  couponForAll(templateId),
  ...definitions(count - 1, shape),
];

export async function openShop(db: Db, shop: Shop): Promise<void> {
  await db.batch(setUp(shop));
  for (let from = 0; from < shop.members; from += rowsPerStatement) {
    const to = Math.min(shop.members, from + rowsPerStatement);
    await db.batch(register(from, to, shop.follow));
  }
}

function setUp(shop: Shop): Statement[] {
  const plan = byKind(reminderKinds, 'run-out').params.parse({
    name: '回访快要喝完奶粉的会员',
    kind: 'run-out',
    scope: { include: [{ kind: 'category', ids: [milkCategory] }] },
    daysPerUnit: 7,
    remindBeforeDays: 5,
  });
  const template = CouponTemplateInput.parse({
    name: '满80减8',
    kind: 'cash',
    valueFen: 800,
    minSpendFen: 8000,
    validity: { relative: { afterDays: 0, forDays: 7 } },
  });
  const active = versions(definitionsOf(shop));
  const card = { id: 'template-of-wechat', fields: { thing1: 'store', thing2: 'earned', thing3: 'paid' } };
  return [
    insertSet(settings, [
      { key: 'config_version', value: 1 },
      {
        key: 'merchant',
        value: { shopName: '阳光母婴', wechatTemplates: { 'sale-earned': card }, ...shop.settings },
      },
    ]),
    insertSet(sources, [
      {
        id: sourceId,
        name: '收银系统',
        adapter: 'generic',
        namespace: 'pos',
        secrets: [{ secret, validTo: null }],
        createdAt: shopOpenedAt,
      },
    ]),
    insertSet(
      stores,
      storeIds.map((id) => ({ id: id as StoreId, name: `阳光母婴${id}店`, timezone: 'Asia/Shanghai' })),
    ),
    insertSet(
      associates,
      storeIds.map((id) => ({
        id: `g${id}` as AssociateId,
        name: '导购小李',
        storeId: id as StoreId,
        openid: null,
      })),
    ),
    insertSet(products, productsOf(shop.shape.catalogue)),
    insertSet(couponTemplates, [{ id: templateId, definition: template, createdAt: shopOpenedAt }]),
    insertSet(couponTemplateCounters, [{ templateId, issued: 0, stock: null }]),
    insertSet(
      campaigns,
      active.map((version) => ({ ...version, definition: CampaignInput.parse(version.definition) })),
    ),
    insertSet(
      campaignCounters,
      active.map(({ id }) => ({
        campaignId: id,
        used: 0,
        spentFen: 0,
        totalLimit: null,
        budgetFen: null,
        coupons: null,
      })),
    ),
    insertSet(reminderPlans, [
      { id: 'plan-milk' as PlanId, enabled: true, definition: Object(plan), createdAt: shopOpenedAt },
    ]),
  ];
}

export const memberIdOf = (member: number): MemberId => `m_${String(member).padStart(16, '0')}` as MemberId;

export const memberRow = (member: number): Member => ({
  id: memberIdOf(member),
  name: `会员${member}`,
  phone: memberRef(member)['phone'] ?? null,
  level: '银卡',
  superUntil: null,
  joinedAt: null,
  source: null,
  children: null,
  birthdayOn: null,
  associateId: 'g8001' as AssociateId,
  sellerId: null,
  storeId: '8001' as StoreId,
  orders: 0,
  spentFen: 0,
  firstAt: null,
  lastAt: null,
  salesInHour: 0,
  createdAt: shopOpenedAt,
  mergedInto: null,
  deletedAt: null,
  version: 1,
});

export function identityKeysOf(member: number, follows: boolean): IdentityKey[] {
  const { externalId, cardNo, phone } = memberRef(member);
  const keys = [`ext:pos:${externalId}`, `card:pos:${cardNo}`, `phone:${phone}`];
  if (follows) keys.push(`openid:o${String(member).padStart(27, '0')}`);
  // Written in the form that decide/identities.ts gives them.
  return keys as IdentityKey[];
}

function register(from: number, to: number, follow: boolean): Statement[] {
  const numbers = Array.from({ length: to - from }, (_, place) => from + place);
  return [
    insertSet(members, numbers.map(memberRow)),
    insertSet(
      identities,
      numbers.flatMap((member) =>
        identityKeysOf(member, follow).map((key) => ({ key, memberId: memberIdOf(member) })),
      ),
    ),
  ];
}
