/** 设置: what a merchant may choose, in PUT and PATCH /settings. */
import type { FieldDictionary } from './define.ts';

export const settingFields: FieldDictionary = {
  trade: {
    says: 'What the shop sells: only a maternity shop asks its members for children.',
    example: 'maternity',
  },
  takeBack: {
    says: 'How points are taken back after a return: up to the balance, also below zero, or only what is left of that sale.',
    example: 'within_balance',
  },
  'SettingsInput.points': {
    says: 'How points wait, end and come back.',
    example: { pendingDays: 7, noticeDays: 30 },
  },
  'SettingsPatch.points': {
    says: 'How points wait, end and come back.',
    example: { pendingDays: 7, noticeDays: 30 },
  },
  expiry: { says: 'When points end.', example: { mode: 'months', months: 12 } },
  mode: { says: 'Which of these ways.' },
  'expiry.mode': { says: 'never, so many months after the sale, or with the last day of the next year.' },
  'keeping.mode': { says: 'always stands for ever, months for so many of them.' },
  'payout.mode': { says: 'wallet leaves the money in the account, transfer pays it out by WeChat Pay.' },
  months: { says: 'How many months.', example: 12 },
  pendingDays: { says: 'So many days before points of a sale can be spent; 0 is at once.', example: 7 },
  backDays: { says: 'So many days more for points that come back after their end.', example: 30 },
  worthFen: { says: 'What a hundred points are worth to the shop, in fen.', example: 100 },
  noticeDays: { says: 'So many days before points end the member is told; 0 says nothing.', example: 30 },
  pointsAsMoney: { says: 'Paying with points.', example: { on: true, pointsPerYuan: 100, ceilingBps: 5000 } },
  'pointsAsMoney.on': { says: 'Whether points can be paid with.', example: true },
  pointsPerYuan: { says: 'So many points are one yuan.', example: 100 },
  leastPoints: { says: 'Fewer are not taken at a time.', example: 100 },
  stepPoints: { says: 'Points are taken in whole steps of so many.', example: 100 },
  ceilingBps: { says: 'At most so much of a bill, in basis points: 5000 is half of it.', example: 5000 },
  ceilingFen: { says: 'At most so much of one receipt, in fen; null is no such limit.', example: 5000 },
  earns: { says: 'Whether what is paid with points earns points.', example: false },
  checkIn: {
    says: 'Points for coming every day (签到).',
    example: { on: true, firstDay: 5, moreEachDay: 1, cap: 20 },
  },
  'checkIn.on': { says: 'Whether members can check in.', example: true },
  firstDay: { says: 'Points of the first day in a row.', example: 5 },
  moreEachDay: { says: 'So many points more than the day before.', example: 1 },
  cap: { says: 'The most points of one day.', example: 20 },
  storedValue: {
    says: 'What is sold for which money, and how it is spent.',
    example: { plans: [{ name: '充500送50', paidFen: 50000, principalFen: 50000, bonusFen: 5000 }] },
  },
  plans: {
    says: 'Top-up plans, at most 30.',
    example: [{ name: '充500送50', paidFen: 50000, principalFen: 50000, bonusFen: 5000 }],
  },
  'plans.name': { says: 'What members and tills call the plan; each has its own.', example: '充500送50' },
  'plans.paidFen': { says: 'What is paid for it, in fen.', example: 50000 },
  spendFirst: { says: 'Which part is spent first.', example: 'principal' },
  ceilingPercent: { says: 'At most so many percent of a bill.', example: 100 },
  'SettingsInput.levels': {
    says: 'What levels there are, how they are reached and what they bring.',
    example: { list: [{ name: '银卡会员' }, { name: '金卡会员', amountFen: 200000, payPercent: 95 }] },
  },
  'SettingsPatch.levels': {
    says: 'What levels there are, how they are reached and what they bring.',
    example: { list: [{ name: '银卡会员' }, { name: '金卡会员', amountFen: 200000, payPercent: 95 }] },
  },
  list: {
    says: 'Levels, the lowest first.',
    example: [{ name: '银卡会员' }, { name: '金卡会员', amountFen: 200000, withinDays: 365, payPercent: 95 }],
  },
  'list.name': { says: 'What the level is called; each has its own name.', example: '金卡会员' },
  'list.amountFen': {
    says: 'Reached by spending so much, in fen; null is not reached by it.',
    example: 200000,
  },
  'list.orders': { says: 'Reached by so many purchases; null is not reached by them.', example: 20 },
  withinDays: { says: 'amountFen and orders look at the last so many days; null at all time.', example: 365 },
  singleFen: {
    says: 'Reached by one purchase of so much, in fen; null is not reached by it.',
    example: 100000,
  },
  'list.growth': { says: 'Reached by so much growth (成长值); null is not reached by it.', example: 2000 },
  'list.payPercent': {
    says: 'What members of the level pay, in percent of the price: 95 is 95折, 100 no discount.',
    example: 95,
  },
  pointsPercent: {
    says: 'How many points members of the level earn, in percent: 150 is half as much again.',
    example: 150,
  },
  walletMonthFen: {
    says: 'The most that campaigns give into the wallet in a calendar month, in fen; null is no such limit.',
    example: 10000,
  },
  withdrawDayFen: {
    says: 'The most that a member of the level takes out in a day, in fen; null is what `payout` says.',
    example: 5000,
  },
  decidedBy: { says: 'Whether levels follow from the rules or from what tills tell.', example: 'rules' },
  keeping: {
    says: 'How long a level stands once it is reached.',
    example: { mode: 'months', months: 12, afterwards: 'down' },
  },
  afterwards: { says: 'When it was not kept: one down, or to what the months earned.', example: 'down' },
  journey: {
    says: 'From when on a member counts as loyal or old.',
    example: { loyalOrders: 5, oldMonths: 12 },
  },
  loyalOrders: { says: 'From so many kept purchases on a member counts as loyal.', example: 5 },
  oldMonths: { says: 'From so many months on a member counts as an old one.', example: 12 },
  memberPrices: {
    says: 'Prices for members at certain times on certain goods, at most 50; the lowest counts.',
    example: [{ name: '周二会员日', payPercent: 90, fromHour: 10, toHour: 20 }],
  },
  'memberPrices.name': { says: 'What the till and the receipt call it.', example: '周二会员日' },
  'memberPrices.levels': {
    says: 'For members of these levels; empty is every member.',
    example: ['金卡会员'],
  },
  'memberPrices.priceFen': {
    says: 'The price of one piece, in fen; null where payPercent is given.',
    example: 9900,
  },
  payPercent: { says: 'What is paid, in percent of the price; null where priceFen is given.', example: 90 },
  fromOn: { says: 'The first day, included; null is from now.', example: '2026-12-01' },
  toOn: { says: 'The last day, included; null is without end.', example: '2026-12-31' },
  fromHour: { says: 'From this full hour on, every day; null is from midnight.', example: 10 },
  toHour: { says: 'Until before this full hour, every day; null is until midnight.', example: 20 },
  tellSale: { says: 'Whether the member is told after each sale what it earned.', example: true },
  tellSaleWithinHours: { says: 'Nobody is told of a sale that is older than so many hours.', example: 72 },
  historyAfterDays: { says: 'Rows of a file that are older than so many days are history.', example: 7 },
  nobody: {
    says: 'Cards, numbers and phones that the tills send for everybody (散客): they name nobody.',
    example: ['00000000', '13800000000'],
  },
  firstSellerOwns: {
    says: 'Whether the first associate who serves a member at the till becomes theirs.',
    example: false,
  },
  shopName: { says: 'What members read as the name of the shop.', example: '母婴小屋' },
  publicUrl: {
    says: 'Where members find their pages; links begin with it. null: there are no links yet.',
    example: 'https://huike.example.cn',
  },
};
