/** 回答里的储值, 积分, 提现与超级会员. */
import type { AnswerDictionary } from './define.ts';

const soldUnder = 'The number under which it was sold.';
const plan = 'What the plan was called when it was sold.';
const refund =
  'none: nothing is paid back; by-days: for the days that are left; if-unused: all of it, before the first use.';
const superUntil = 'Until when the member is a super member, with all that follow; null: is none.';

export const moneyAnswers: AnswerDictionary = {
  'Owed.days': 'The closed days of the month.',
  'days.day': 'The day, in the shop’s zone.',
  'days.pointsWorthFen': 'What all points were worth, in fen.',
  'days.accounts': 'Every account of that day.',
  'accounts.account': 'Which balance of the members: points, stored value, wallet, or what was prepaid.',
  'accounts.opening': 'What was owed when the day began; points in points, all others in fen.',
  'accounts.moves': 'What made it more or less.',
  'accounts.closing': 'What was owed when the day ended.',
  'moves.move':
    'earned and put-in raise it; spent, taken-back, expired and paid-out lower it; back is what comes back, corrected what was put right by hand, moved what changed its owner.',
  'StoredValueMoved.at': 'When it was booked.',
  'Posting.at': 'When it was posted.',
  'ExchangeOffers.items.id': 'The item’s id.',
  'ExchangeOffers.items.name': 'What members read.',
  'ExchangeOffers.items.points': 'What one costs, in points.',
  'ExchangeOffers.items.left': 'How many are left; null is without limit.',
  'ExchangeOffers.items.why': 'Why the member cannot have one now, in Chinese; null: they can.',
  'Exchange.id': 'The exchange’s id.',
  'Exchange.at': 'When it was exchanged.',
  'Exchange.coupon': 'The coupon that the member got for the points.',
  'Transfer.kind': 'withdrawal: the member asked for it; red-packet: a campaign gave it.',
  'Transfer.amountFen': 'How much, in fen.',
  'Transfer.failText': 'The same for people to read, in Chinese; null: it has not failed.',
  'Transfer.cancelAskedAt': 'When somebody asked to call it off; null: nobody did.',
  'Transfer.askedAt': 'When the money was asked for, or given.',
  'SuperMembership.number': soldUnder,
  'SuperMemberships.items.number': soldUnder,
  'SuperMembership.plan': plan,
  'SuperMemberships.items.plan': plan,
  'SuperMembership.refund': refund,
  'SuperMemberships.items.refund': refund,
  'SuperMembership.from': 'When it begins.',
  'SuperMemberships.items.from': 'When it begins.',
  soldAt: 'When it was sold.',
  'SuperMemberships.superUntil': superUntil,
};
