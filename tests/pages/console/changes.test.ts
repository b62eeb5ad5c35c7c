/** 操作记录 in words: what was changed is called as its form calls it, money and days are written as people write them, secrets never. */
import { expect, test } from 'vitest';
import { changesOf } from '../../../workers/pages/console/words/changes.ts';

const now = Date.parse('2026-11-30T12:00:00+08:00');
const said = (act: string, before: unknown, after: unknown): string[] =>
  changesOf(act, before, after, now).map(({ label, was, is }) => `${label}：${was ?? '-'} → ${is ?? '-'}`);

test('a campaign that was paused and given a budget of 5,000.50 yuan', () => {
  const before = {
    name: '满188',
    status: 'active',
    from: null,
    limits: { budgetFen: null, perMember: 1 },
    conditions: [{ kind: 'spend', scope: 'order', measure: 'amount', atLeast: 18_800 }],
    rewards: [{ kind: 'points', points: 10 }],
  };
  const after = {
    ...before,
    status: 'paused',
    from: '2026-12-01T01:00:00.000Z',
    limits: { budgetFen: 500_050, perMember: 1 },
    conditions: [{ kind: 'spend', scope: 'order', measure: 'amount', atLeast: 20_000 }],
    rewards: [
      { kind: 'points', points: 10 },
      { kind: 'coupon', templateId: 'T1', count: 2 },
    ],
  };
  expect(said('campaign.change', before, after)).toEqual([
    '状态：生效 → 暂停',
    '开始时间：无 → 12-01 09:00',
    '限制 · 预算：无 → 5,000.50 元',
    '条件 1 · 至少：188 元 → 200 元',
    '送什么 2 · 送：- → 优惠券',
    '送什么 2 · 哪一张券：- → T1',
    '送什么 2 · 几张：- → 2张',
  ]);
});

test('settings: yes and no, a choice by its name, and what is kept secret is not shown', () => {
  expect(
    said(
      'settings.change',
      { tellSale: true, takeBack: 'unlimited', nobody: [], appSecret: 'abcd1234' },
      { tellSale: false, takeBack: 'within_balance', nobody: ['0000', '8888'], appSecret: 'efgh5678' },
    ),
  ).toEqual([
    '每次消费后告诉会员得了什么：是 → 否',
    '退货时积分不够扣怎么办：可以扣成负数 → 扣到零为止',
    '散客号：无 → 0000、8888',
  ]);
});

test('a percent coupon that was drawn up: all of it, each in its words', () => {
  expect(
    said('template.create', null, { kind: 'percent', payBps: 8500, minSpendFen: 10_000, giveBack: true }),
  ).toEqual([
    '券的种类：- → 折扣券',
    '打几折：- → 8.5 折',
    '满多少可用：- → 100 元',
    '整单退货时退回券：- → 是',
  ]);
});
