/** 积分抽奖: what is drawn for, and who draws. */
import type { FieldDictionary } from './define.ts';

export const drawFields: FieldDictionary = {
  'lotteries.id': { says: 'The draw: id of an answer of /lotteries.', example: 'l_0d2f4h6k8m1p3r5t' },
  lotteryId: { says: 'The draw: id of an answer of /lotteries.', example: 'l_0d2f4h6k8m1p3r5t' },
  'LotteryInput.name': { says: 'What members read as its name.', example: '六一抽奖' },
  'LotteryPatch.name': { says: 'What members read as its name.', example: '六一抽奖' },
  prizes: { says: 'What can be won: 1 to 10 prizes, each of them so many times.' },
  'prizes.kind': {
    says: 'What is won: thing is fetched in a store, coupon and points are given at once.',
  },
  'prizes.name': { says: 'What members read as the name of the prize.', example: '一等奖' },
  'prizes.templateId': {
    says: 'The template of the coupon that is won: id of an answer of /coupon-templates.',
    example: 't_8f3k2m9q7w1x4z6b',
  },
  'prizes.points': { says: 'How many points are won.', example: 500 },
};
