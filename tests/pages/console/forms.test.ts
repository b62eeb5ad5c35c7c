/** 表单: every field of every form has its words, and every fault its sentence. */
import { expect, test } from 'vitest';
import type * as z from 'zod';
import { CouponTemplateInput } from '../../../workers/decide/coupons/kinds/index.ts';
import {
  BatchInput,
  ExchangeItemInput,
  LotteryInput,
  MemberGroupInput,
  TagDictionaryInput,
  TagRuleInput,
} from '../../../schema/index.ts';
import {
  PackageRefundInput,
  PackageSaleInput,
  PackageUndoInput,
} from '../../../workers/pages/console/packages/acts.tsx';
import {
  packageRefundWords,
  packageSaleWords,
  packageTemplateWords,
  packageUndoWords,
} from '../../../workers/pages/console/words/forms/package.ts';
import { ExchangeInput, ExchangeUndoInput } from '../../../workers/pages/console/points/exchanges.tsx';
import {
  exchangeItemWords,
  exchangeUndoWords,
  exchangeWords,
} from '../../../workers/pages/console/words/forms/promotions/coupon.ts';
import { reminderPlans } from '../../../workers/commands/definitions/reminder-plans.ts';
import { TokenInput } from '../../../workers/commands/shop/tokens.ts';
import { PersonInput } from '../../../workers/commands/people/people.ts';
import { CampaignInput } from '../../../workers/decide/campaigns/campaigns.ts';
import { fieldOf, type Field } from '../../../workers/pages/console/form/field.ts';
import { redrawn } from '../../../workers/pages/console/form/form.tsx';
import { readForm, typeForm } from '../../../workers/pages/console/form/read.ts';
import type { FormWords } from '../../../workers/pages/console/form/words.ts';
import { IdNumberInput } from '../../../workers/pages/console/profile/file.tsx';
import { UsesInput } from '../../../workers/pages/console/profile/uses.tsx';
import { fileWords, usesWords } from '../../../workers/pages/console/words/forms/file.ts';
import { settingsParts } from '../../../workers/pages/console/settings/settings.tsx';
import { CorrectionInput, NoteInput } from '../../../workers/pages/console/members/acts.tsx';
import { ChildrenInput, ConsentInput } from '../../../workers/pages/console/members/corrections.tsx';
import {
  AssociateOfMemberInput,
  LevelOfMemberInput,
  PhoneInput,
  WechatInput,
} from '../../../workers/pages/console/members/rebinding.tsx';
import { MergeInput } from '../../../workers/pages/console/members/merging.tsx';
import {
  associateOfMemberWords,
  levelOfMemberWords,
  childrenWords,
  consentWords,
  correctionWords,
  mergeWords,
  noteWords,
  phoneWords,
  voucherRefundWords,
  voucherWords,
  wechatWords,
} from '../../../workers/pages/console/words/forms/member.ts';
import {
  dictionaryWords,
  memberGroupWords,
  tagRuleWords,
} from '../../../workers/pages/console/words/forms/tags.ts';
import { DayEntered } from '../../../workers/pages/console/reconciliation/enter.tsx';
import { dayTotalsWords } from '../../../workers/pages/console/words/money/reconciliation.ts';
import { CodeInput } from '../../../workers/pages/console/shop/codes.tsx';
import { codeWords } from '../../../workers/pages/console/words/forms/code.ts';
import { TryInput } from '../../../workers/pages/console/talk/try.tsx';
import { tryWords } from '../../../workers/pages/console/words/talks.ts';
import { MenuInput } from '../../../workers/pages/console/talk/menu-form.ts';
import { menuWords } from '../../../workers/pages/console/words/forms/menu.ts';
import { campaignWords } from '../../../workers/pages/console/words/forms/promotions/campaign.ts';
import {
  SuperRefundInput,
  SuperSaleInput,
  SuperUndoInput,
} from '../../../workers/pages/console/super/acts.tsx';
import {
  superRefundWords,
  superSaleWords,
  superUndoWords,
} from '../../../workers/pages/console/words/forms/super.ts';
import { VoucherRefundInput, VoucherSaleInput } from '../../../workers/pages/console/members/vouchers.tsx';
import {
  CashOutForm,
  ReversalInput,
  StoredCorrectionInput,
} from '../../../workers/pages/console/stored/office-acts.tsx';
import {
  StoredRefundInput,
  StoredSpendInput,
  TopUpInput,
} from '../../../workers/pages/console/stored/acts.tsx';
import {
  cashOutWords,
  storedCorrectionWords,
  reversalWords,
  storedRefundWords,
  storedSpendWords,
  topUpWords,
} from '../../../workers/pages/console/words/forms/stored.ts';
import { batchWords } from '../../../workers/pages/console/words/forms/promotions/batch.ts';
import {
  couponWords,
  grantWords,
  revokeWords,
} from '../../../workers/pages/console/words/forms/promotions/coupon.ts';
import { GrantJobInput } from '../../../workers/commands/coupons/grant-jobs.ts';
import { grantJobWords } from '../../../workers/pages/console/words/promotions/grant-jobs.ts';
import { GrantInput } from '../../../workers/pages/console/coupons/grant.tsx';
import { RevokeInput } from '../../../workers/pages/console/coupons/revoke.tsx';
import { MassInput } from '../../../workers/commands/promotions/mass.ts';
import { massWords } from '../../../workers/pages/console/words/promotions/mass.ts';
import { personWords } from '../../../workers/pages/console/words/forms/people.ts';
import { lotteryWords } from '../../../workers/pages/console/words/forms/promotions/lottery.ts';
import { planWords } from '../../../workers/pages/console/words/forms/promotions/plan.ts';
import { tokenWords } from '../../../workers/pages/console/words/forms/token.ts';
import { TakeBackInput } from '../../../workers/commands/promotions/take-back.ts';
import { takebackWords } from '../../../workers/pages/console/words/forms/promotions/takeback.ts';
import { settingsWords } from '../../../workers/pages/console/words/forms/settings.ts';
import { MemberFileForm, MerchantSettings, PackageTemplateInput } from '../../../schema/index.ts';

const forms: readonly (readonly [string, z.ZodType, FormWords])[] = [
  ['活动', CampaignInput, campaignWords],
  ['券', CouponTemplateInput, couponWords],
  ['领券批次', BatchInput, batchWords],
  ['积分商城', ExchangeItemInput, exchangeItemWords],
  ['积分抽奖', LotteryInput, lotteryWords],
  ['积分兑换', ExchangeInput, exchangeWords],
  ['撤销兑换', ExchangeUndoInput, exchangeUndoWords],
  ['给会员发券', GrantInput, grantWords],
  ['给一群会员发券', GrantJobInput, grantJobWords],
  ['收回一张券', RevokeInput, revokeWords],
  ['提醒方案', reminderPlans.input, planWords],
  ['群发', MassInput, massWords],
  ['人员', PersonInput, personWords],
  ['令牌', TokenInput, tokenWords],
  ['菜单', MenuInput, menuWords],
  ['试自动回复', TryInput, tryWords],
  ['渠道码', CodeInput, codeWords],
  ['调整积分', CorrectionInput, correctionWords],
  ['记一笔', NoteInput, noteWords],
  ['会员资料', MemberFileForm, fileWords],
  ['身份证号', IdNumberInput, fileWords],
  ['在用段位', UsesInput, usesWords],
  ['宝宝', ChildrenInput, childrenWords],
  ['标签库', TagDictionaryInput, dictionaryWords],
  ['标签规则', TagRuleInput, tagRuleWords],
  ['会员分组', MemberGroupInput, memberGroupWords],
  ['换手机号', PhoneInput, phoneWords],
  ['解绑微信', WechatInput, wechatWords],
  ['换导购', AssociateOfMemberInput, associateOfMemberWords],
  ['改等级', LevelOfMemberInput, levelOfMemberWords],
  ['营销短信', ConsentInput, consentWords],
  ['合并', MergeInput, mergeWords],
  ['开通超级会员', SuperSaleInput, superSaleWords],
  ['撤销超级会员', SuperUndoInput, superUndoWords],
  ['退超级会员', SuperRefundInput, superRefundWords],
  ['卖预售券', VoucherSaleInput, voucherWords],
  ['退预售券', VoucherRefundInput, voucherRefundWords],
  ['套餐', PackageTemplateInput, packageTemplateWords],
  ['卖套餐', PackageSaleInput, packageSaleWords],
  ['退套餐', PackageRefundInput, packageRefundWords],
  ['撤销核销套餐', PackageUndoInput, packageUndoWords],
  ['充值', TopUpInput, topUpWords],
  ['扣储值', StoredSpendInput, storedSpendWords],
  ['退回储值', StoredRefundInput, storedRefundWords],
  ['充值冲正', ReversalInput, reversalWords],
  ['储值退款', CashOutForm, cashOutWords],
  ['更正储值', StoredCorrectionInput, storedCorrectionWords],
  ['收回活动', TakeBackInput, takebackWords],
  ['填一天的合计', DayEntered, dayTotalsWords],
  ...settingsParts.map(({ title, schema }) => [title, schema, settingsWords] as const),
];

/** Names that a person would see as they stand in the code. */
function unnamed(field: Field, words: FormWords): string[] {
  const own = field.name === '' || words[field.name] !== undefined ? [] : [field.name];
  const values = (name: string, all: readonly string[]): string[] =>
    all.filter((value) => words[name]?.values?.[value] === undefined).map((value) => `${name} = ${value}`);
  if (field.is === 'group') return [...own, ...field.fields.flatMap((one) => unnamed(one, words))];
  if (field.is === 'several') return [...own, ...unnamed(field.item, words)];
  if (field.is === 'pairs') {
    const name = `${field.name}.~name`;
    return [...own, ...(words[name] ? [] : [name]), ...unnamed(field.item, words)];
  }
  if (field.is === 'one-of') {
    const tag =
      field.tag === null
        ? `${field.name}.~shape`
        : field.name === ''
          ? field.tag
          : `${field.name}.${field.tag}`;
    return [
      ...own,
      ...values(
        tag,
        field.options.map(({ value }) => value),
      ),
      ...field.options.flatMap(({ fields }) => fields.flatMap((one) => unnamed(one, words))),
    ];
  }
  if (field.is === 'choice' || field.is === 'choices') return [...own, ...values(field.name, field.choices)];
  return own;
}

test.each(forms)('every field and every choice of %s has its Chinese words', (_, schema, words) => {
  expect(unnamed(fieldOf(schema), words)).toEqual([]);
});

test('every setting stands on one page, and only on one', () => {
  const shown = settingsParts.flatMap(({ schema }) => Object.keys(schema.shape));
  expect(shown.toSorted()).toEqual(Object.keys(MerchantSettings.shape).toSorted());
});

const campaign = {
  name: '满188送10元',
  status: 'active',
  conditions: [{ kind: 'spend', scope: 'order', ids: [], measure: 'amount', atLeast: 18_800 }],
  limits: { total: 100, perMember: null, perMemberPerDay: 1, budgetFen: 500_050 },
  from: '2026-11-30T01:00:00.000Z',
  rewards: [
    { kind: 'coupon', templateId: 't_1', count: 1 },
    { kind: 'red-packet', minFen: 100, maxFen: 250 },
  ],
};

test.each<[string, z.ZodType, unknown]>([
  ['a campaign', CampaignInput, campaign],
  [
    'a percent coupon',
    CouponTemplateInput,
    {
      kind: 'percent',
      name: '八五折',
      payBps: 8500,
      maxOffFen: 5_000,
      validity: { relative: { afterDays: 1, forDays: 30 } },
    },
  ],
  [
    'a link with placements',
    BatchInput,
    {
      kind: 'link',
      name: '开业',
      templateId: 't_1',
      total: 100,
      from: '2026-11-30T16:00:00.000Z',
      placements: [{ name: '传单', storeId: '8005' }, { name: '货架' }],
    },
  ],
  ['printed codes', BatchInput, { kind: 'codes', name: '券码', templateId: 't_1', count: 500, perMember: 2 }],
  [
    'a coupon that works where it was claimed',
    CouponTemplateInput,
    {
      kind: 'gift',
      name: '礼品',
      stores: 'claiming',
      validity: { relative: { afterDays: 0, forDays: 30 } },
    },
  ],
  [
    'a coupon of two stores',
    CouponTemplateInput,
    {
      kind: 'gift',
      name: '礼品',
      stores: ['8005', '8006'],
      validity: { relative: { afterDays: 0, forDays: 30 } },
    },
  ],
  [
    'a coupon of fixed days',
    CouponTemplateInput,
    {
      kind: 'cash',
      name: '10元',
      valueFen: 1_000,
      validity: { fixed: { from: '2026-11-30T16:00:00.000Z', to: '2026-12-30T16:00:00.000Z' } },
    },
  ],
  [
    'a plan',
    reminderPlans.input,
    {
      kind: 'run-out',
      name: '一段奶粉',
      notify: ['associate', 'member'],
      daysPerUnit: 7,
      remindBeforeDays: 2,
    },
  ],
  [
    'settings',
    MerchantSettings,
    {
      wechat: { keywords: [{ match: 'exact', words: ['积分', '分'], reply: '您有{积分}' }] },
      payout: { mode: 'transfer', maxFen: 12_345 },
    },
  ],
])('%s put into its form and read from it again is the same', (_, schema, given) => {
  const value = schema.parse(given);
  const field = fieldOf(schema);
  expect(schema.parse(readForm(field, typeForm(field, value)))).toEqual(value);
});

test('a coupon for which two stores are ticked works in both', () => {
  const ticked = new URLSearchParams([
    ['kind', 'gift'],
    ['stores', '8005'],
    ['stores', '8006'],
    ['stores', ''],
  ]);
  const { stores } = readForm(fieldOf(CouponTemplateInput), ticked) as { stores?: string[] };
  expect(stores).toEqual(['8005', '8006']);
});

test('188 means yuan where the campaign counts money, and pieces where it counts pieces', () => {
  const typed = (measure: string) =>
    new URLSearchParams({
      'conditions~count': '1',
      'conditions[0].kind': 'spend',
      'conditions[0].measure': measure,
      'conditions[0].atLeast': '188',
    });
  const read = (measure: string) =>
    (readForm(fieldOf(CampaignInput), typed(measure)) as { conditions: { atLeast: number }[] }).conditions[0]
      ?.atLeast;
  expect([read('amount'), read('quantity')]).toEqual([18_800, 188]);
});

test('整单 has no codes to name: the field is gone, and what was typed in it before is not sent; 品类 asks for them', () => {
  const typed = (scope: string) =>
    new URLSearchParams({
      'conditions~count': '1',
      'conditions[0].kind': 'spend',
      'conditions[0].scope': scope,
      'conditions[0].measure': 'amount',
      'conditions[0].ids': '0101',
      'conditions[0].atLeast': '188',
    });
  const read = (scope: string) =>
    readForm(fieldOf(CampaignInput), typed(scope)) as { conditions: { ids?: string[] }[] };
  expect([read('order').conditions[0]?.ids, read('category').conditions[0]?.ids]).toEqual([
    undefined,
    ['0101'],
  ]);
  const spec = {
    schema: CampaignInput,
    words: campaignWords,
    choices: {},
    action: '/',
    token: '',
    label: '存',
  };
  // A drawn page says itself as text.
  const drawn = (scope: string) =>
    (redrawn(spec, typed(scope)).body as { toString: () => string }).toString();
  expect(drawn('order')).not.toContain('conditions[0].ids');
  expect(drawn('category')).toContain('conditions[0].ids');
});
