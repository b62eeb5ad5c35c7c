/** 积分抽奖的请求: a draw with its prizes, and what is changed of it. */
import type { BodyExamples } from './define.ts';

export const drawBodies: BodyExamples = {
  LotteryInput: {
    usual: {
      name: '六一抽奖',
      points: 100,
      firstOn: '2026-06-11',
      lastOn: '2026-06-15',
      collectFirstOn: '2026-06-18',
      collectLastOn: '2026-06-30',
      prizes: [
        { kind: 'thing', name: '一等奖', valueFen: 6800, quota: 5, words: '爬行垫一张' },
        { kind: 'coupon', name: '二等奖', valueFen: 800, quota: 80, templateId: 't_8f3k2m9q7w1x4z6b' },
        { kind: 'points', name: '三等奖', valueFen: 500, quota: 200, points: 500 },
      ],
      blanks: 715,
      perMemberPerDay: 3,
      keyword: '抽奖',
    },
  },
  LotteryPatch: { stop: { enabled: false } },
};
