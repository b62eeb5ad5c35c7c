/** 营销活动的请求: campaigns, reminders, and what goes to many. */
import type { BodyExamples } from './define.ts';

export const campaignBodies: BodyExamples = {
  CampaignInput: {
    redPacket: {
      name: '满188抽红包',
      trigger: 'sale.completed',
      status: 'active',
      from: '2026-12-01T00:00:00+08:00',
      to: '2026-12-13T00:00:00+08:00',
      conditions: [{ kind: 'spend', scope: 'order', ids: [], measure: 'amount', atLeast: 18800 }],
      exclude: [{ kind: 'brand', ids: ['特价'] }],
      limits: { total: null, perMember: 1, perMemberPerDay: null, budgetFen: 500000 },
      group: '双十二',
      pick: 'best',
      priority: 10,
      rewards: [{ kind: 'red-packet', minFen: 200, maxFen: 500 }],
    },
    newcomer: {
      name: '入会送券',
      trigger: 'member.joined',
      status: 'active',
      limits: { total: null, perMember: 1, perMemberPerDay: null, budgetFen: null },
      rewards: [
        { kind: 'coupon', templateId: 't_8f3k2m9q7w1x4z6b', count: 1 },
        { kind: 'points', points: 100 },
        { kind: 'tag', tag: '新会员' },
      ],
    },
  },
  CampaignPatch: { pause: { status: 'paused' } },
  Simulation: {
    sale: {
      sale: {
        orderNo: '8005-372',
        store: { id: '8005' },
        member: { phone: '13912345487' },
        lines: [{ lineNo: '1', sku: '6901234567892', quantity: '2', amountFen: 20720 }],
        amounts: { paidFen: 20720 },
      },
    },
    happening: { happening: { memberId: 'm_4k7q2m9x8w1z6b3f', storeId: '8005' } },
  },
  ReminderPlanInput: {
    'run-out': {
      name: '回访快要喝完奶粉的会员',
      kind: 'run-out',
      scope: { include: [{ kind: 'category', ids: ['01'] }], exclude: [] },
      daysPerUnit: 7,
      remindBeforeDays: 5,
      notify: ['associate'],
    },
    birthday: {
      name: '宝宝生日提醒',
      kind: 'birthday',
      remindBeforeDays: 7,
      notify: ['associate', 'member'],
    },
    'stage-up': {
      name: '该换段了',
      kind: 'stage-up',
      goods: ['milk'],
      remindBeforeDays: 7,
      notify: ['associate'],
    },
  },
  ReminderPlanPatch: { stop: { enabled: false } },
  ExchangeItemPatch: { price: { points: 1000, stock: 500 } },
  MassInput: {
    text: { text: '双十二会员日，满 188 抽红包。', to: { tag: '奶粉客' }, at: '2026-12-12T10:00:00+08:00' },
    article: { mediaId: 'yT5hK8nQ2wE6rU9oA3sD7fG1jL4zX0cV', to: { all: true } },
  },
};
