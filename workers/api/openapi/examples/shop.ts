/** 门店的请求: members, points, stored value, settings, sources, as a till and an office send them. */
import type { BodyExamples } from './define.ts';

const place = { store: '8005', orderNo: '8005-372' };

export const shopBodies: BodyExamples = {
  MemberInput: {
    till: { externalId: 'M1001', cardNo: '8005000011', phone: '13912345487', name: '王芳' },
    office: {
      phone: '13912345487',
      name: '王芳',
      birthday: '1992-05-20',
      children: [{ name: '小宝', born: '2026-03-15' }],
      associateId: 'g7',
    },
  },
  MemberSearch: {
    phone: { phone: '13912345487' },
    digits: { last4: '5487', name: '王' },
    card: { cardNo: '8005000011' },
    memberCode: { memberCode: '97123456780123456789' },
    coupon: { couponCode: '5K7QZ2M8VX3RTN' },
  },
  MemberFileInput: {
    person: { address: '天河路1号', occupation: '教师', remark: '周末才有空接电话' },
    identity: { idNumber: '11010519491231002X', idConsent: true },
  },
  AssociateInput: { usual: { name: '陈静', storeId: '8005' } },
  ProductInput: {
    usual: {
      name: '启赋蓝钻3段 900g',
      categoryPath: [
        { id: '01', name: '奶粉' },
        { id: '0101', name: '3段奶粉' },
      ],
      brand: '启赋',
    },
  },
  PointSpending: { order: { ...place, points: 500, payableFen: 20720 } },
  PointSpendUndoing: { order: place },
  TopUp: {
    plan: { store: '8005', rechargeNo: 'CZ8005-17', plan: '充500送50' },
    parts: { store: '8005', rechargeNo: 'CZ8005-17', paidFen: 50000, principalFen: 50000, bonusFen: 5000 },
  },
  StoredValueCorrection: {
    usual: { correctionNo: 'TZ20261122-1', principalFen: -1000, bonusFen: 0, reason: '旧系统余额录错' },
  },
  StoredValueSpend: { usual: { ...place, spendNo: 'XF8005-372', payableFen: 20720, amountFen: 10000 } },
  StoredValueRefund: {
    all: { store: '8005', refundNo: 'R8005-21', spendNo: 'XF8005-372' },
    part: { store: '8005', refundNo: 'R8005-22', spendNo: 'XF8005-372', amountFen: 5000 },
  },
  TokenInput: {
    till: { name: '天河店 1 号收银机', scope: 'pos', source: 'till', stores: ['8005'] },
    office: { name: '报表程序', scope: 'admin', expiresAt: '2027-12-01T00:00:00+08:00' },
  },
  SourceInput: {
    own: { name: '自研系统', adapter: 'generic' },
    numbered: { name: '门店收银', adapter: 'generic', config: { numbering: 'per-store-day' } },
  },
  ReplayRange: {
    parked: {
      state: 'parked',
      source: 'till',
      from: '2026-11-22T00:00:00+08:00',
      to: '2026-11-23T00:00:00+08:00',
    },
  },
  SettingsInput: {
    whole: {
      trade: 'maternity',
      shopName: '母婴小屋',
      publicUrl: 'https://huike.example.cn',
      nobody: ['散客', '000000'],
      points: { pendingDays: 7, expiry: { mode: 'months', months: 12 }, noticeDays: 30 },
      storedValue: { plans: [{ name: '充500送50', paidFen: 50000, principalFen: 50000, bonusFen: 5000 }] },
      levels: {
        list: [
          { name: '银卡会员' },
          { name: '金卡会员', amountFen: 200000, withinDays: 365, payPercent: 95 },
        ],
      },
      superMembership: { plans: [{ name: '年卡', priceFen: 19900, months: 12, refund: 'by-days' }] },
      memberPrices: [{ name: '周二会员日', payPercent: 90, fromHour: 10, toHour: 20 }],
    },
  },
  SignatureTrial: {
    usual: {
      url: 'https://huike.example.cn/hooks/erp/till',
      headers: { 'x-sign': '9e107d9d372bb6826bd81d3542a419d6' },
      body: '{"djh":"8005-372","je":"207.20"}',
      secret: 'the-dealers-own-secret',
    },
  },
  WechatMenuInput: {
    usual: {
      button: [
        { type: 'view', name: '会员中心', url: 'https://huike.example.cn/m/' },
        {
          name: '门店',
          sub_button: [
            { type: 'click', name: '营业时间', key: 'hours' },
            { type: 'view', name: '领券', url: 'https://huike.example.cn/m/coupons' },
          ],
        },
      ],
    },
  },
};
