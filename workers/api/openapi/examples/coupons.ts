/** 优惠券的请求: drawing up, giving out, holding and using. */
import type { BodyExamples } from './define.ts';

const days = { relative: { afterDays: 0, forDays: 30 } };
const doubleTwelve = {
  fixed: { from: '2026-12-12T00:00:00+08:00', to: '2026-12-13T00:00:00+08:00' },
};
const milk = { include: [{ kind: 'category', ids: ['01'] }], exclude: [{ kind: 'brand', ids: ['特价'] }] };
const template = 't_8f3k2m9q7w1x4z6b';
const code = '5K7QZ2M8VX3RTN';
const receipt = { code, store: '8005', orderNo: '8005-372' };
const line = {
  lineNo: '1',
  sku: '6901234567892',
  name: '启赋蓝钻3段 900g',
  categoryIds: ['01', '0101'],
  brand: '启赋',
  quantity: '2',
  unitPriceFen: 10360,
  amountFen: 20720,
};

export const couponBodies: BodyExamples = {
  CouponTemplateInput: {
    cash: {
      name: '满80减8',
      kind: 'cash',
      valueFen: 800,
      minSpendFen: 8000,
      scope: milk,
      validity: days,
      perMember: 1,
    },
    percent: {
      name: '奶粉9折',
      kind: 'percent',
      payBps: 9000,
      maxOffFen: 5000,
      scope: milk,
      validity: doubleTwelve,
    },
    gift: { name: '湿巾一提', kind: 'gift', faceCostFen: 500, validity: days, stock: 200 },
    experience: {
      name: '游泳体验一次',
      kind: 'experience',
      faceCostFen: 3000,
      validity: days,
      stores: ['8005'],
    },
    shipping: { name: '免运费', kind: 'shipping', faceCostFen: 800, validity: days },
    partner: { name: '小鲸洗游馆体验', kind: 'partner', faceCostFen: 0, validity: days },
    presale: {
      name: '20元抵50元',
      kind: 'presale',
      valueFen: 5000,
      priceFen: 2000,
      minSpendFen: 20000,
      saleFrom: '2026-12-01T00:00:00+08:00',
      saleTo: '2026-12-12T00:00:00+08:00',
      validity: doubleTwelve,
      ifUnused: 'refund',
    },
  },
  CouponBatchInput: {
    link: {
      kind: 'link',
      name: '12月朋友圈领券',
      templateId: template,
      total: 500,
      to: '2026-12-13T00:00:00+08:00',
      placements: [{ name: '天河店海报', storeId: '8005' }, { name: '朋友圈' }],
    },
    codes: { kind: 'codes', name: '年货节宣传单', templateId: template, count: 1000 },
  },
  CouponGrantJobInput: {
    category: {
      to: { by: 'category', category: '01', days: 90 },
      templateId: template,
      reason: '回馈奶粉老客',
    },
    list: {
      to: { by: 'list', numbers: ['13912345487', 'M1001'] },
      templateId: template,
      reason: '活动漏发补发',
    },
  },
  CouponClaim: {
    code: { code: '0001-02K7-QZ2M-8VX3-RTN6' },
    link: { batchId: 'b_2h6n8r4t0v5y7c9e', placement: 0 },
  },
  CouponLock: {
    order: { ...receipt, minutes: 10 },
    cart: { code, store: '8005', cartId: 'cart-20261122-0093' },
  },
  CouponRelease: { order: receipt },
  CouponRedemption: {
    lines: { ...receipt, lines: [line] },
    payable: { ...receipt, payableFen: 20720 },
  },
  CouponUndo: { order: receipt },
  QuoteRequest: {
    member: {
      store: '8005',
      orderNo: '8005-372',
      member: { phone: '13912345487' },
      lines: [line],
      couponCodes: [code],
    },
  },
  VoucherSelling: {
    usual: {
      saleNo: '8005-402',
      store: '8005',
      templateId: template,
      count: 1,
      member: { phone: '13912345487' },
      paidFen: 2000,
    },
  },
};
