/** 会员: who somebody is, and how a till names them. */
import type { FieldDictionary } from './define.ts';

export const memberFields: FieldDictionary = {
  member: {
    says: 'The member, by any number that is known; several may be given, and each of them is enough. null is a sale of nobody known.',
    example: { externalId: 'M1001', phone: '13912345487' },
  },
  externalId: {
    says: 'The member’s number in the sending system. It never changes there, and two systems may use the same one.',
    example: 'M1001',
  },
  cardNo: { says: 'The number of the member card, as the sending system has it.', example: '8005000011' },
  phone: {
    says: 'A mobile number of mainland China, 11 digits; spaces, hyphens and +86 are read away. One that cannot be read names nobody.',
    example: '13912345487',
  },
  'members.phone': {
    says: 'The member with this mobile number: 11 digits.',
    example: '13912345487',
  },
  'PhoneInput.phone': {
    says: 'The new mobile number, 11 digits; null takes away the one that is known.',
    example: '13912345487',
  },
  'members.externalId': { says: 'The member with this number in the till’s system.', example: 'M1001' },
  'members.cardNo': { says: 'The member with this card.', example: '8005000011' },
  'members.openid': {
    says: 'The member with this openid of the shop’s Official Account.',
    example: 'oZ8x5uBVJ0kq3yX2m4hT1nLw9rEc',
  },
  'members.unionid': {
    says: 'The member with this unionid of the shop’s Open Platform account.',
    example: 'oT4lNs7cQf1b0RzJkWm2YvPx8dHg',
  },
  last4: { says: 'The last four digits of the phone.', example: '5487' },
  'MemberSearch.name': { says: 'With last4: the name or a part of it.', example: '王' },
  couponCode: {
    says: 'The code of a coupon that the customer shows: its owner is found.',
    example: '5K7QZ2M8VX3RTN',
  },
  memberCode: {
    says: '会员码: twenty digits that begin with 97, as scanned from the member’s phone. It is good for the minute in which it is shown and the one after.',
    example: '97123456780123456789',
  },
  'MemberInput.name': { says: 'What the member is called.', example: '王芳' },
  'member.name': { says: 'What the member is called.', example: '王芳' },
  openid: {
    says: 'The member’s openid in the shop’s own Official Account.',
    example: 'oZ8x5uBVJ0kq3yX2m4hT1nLw9rEc',
  },
  'OpenidInput.openid': {
    says: 'The member’s openid from now on; null unbinds the WeChat that is known.',
    example: 'oZ8x5uBVJ0kq3yX2m4hT1nLw9rEc',
  },
  unionid: {
    says: 'The member’s unionid: the same person in all apps of one Open Platform account.',
    example: 'oT4lNs7cQf1b0RzJkWm2YvPx8dHg',
  },
  appId: {
    says: 'The WeChat app that the openid belongs to; under another app than the shop’s own it names nobody here.',
    example: 'wx8f2c1d5e7a9b3c04',
  },
  level: {
    says: 'The member’s level by its name. Where levels follow from rules of the settings, what tills tell of it is not heard.',
    example: '金卡会员',
  },
  'LevelOfMember.level': {
    says: 'A level of the settings by its name; null takes away the one that was set by hand.',
    example: '金卡会员',
  },
  'to.level': { says: 'Members of this level.', example: '金卡会员' },
  superUntil: {
    says: 'Until when they are a paying member (付费会员); null is none.',
    example: '2027-11-22T23:59:59+08:00',
  },
  registeredAt: {
    says: 'When they registered with the till: who registered long ago and is told of today is no newcomer.',
    example: '2024-03-08T10:20:00+08:00',
  },
  birthday: { says: 'The member’s own birthday, from 1900 on.', example: '1992-05-20' },
  children: {
    says: 'Their children, at most ten: each is added or found again by the day. No list and an empty one leave what is known.',
    example: [{ name: '小宝', birthday: '2026-03-15' }],
  },
  'MemberInput.children': {
    says: 'Their children, at most ten; the list replaces what was known.',
    example: [{ name: '小宝', born: '2026-03-15' }],
  },
  'children.name': { says: 'What the child is called at home.', example: '小宝' },
  'children.birthday': { says: 'The day on which the child was born, or is due.', example: '2026-03-15' },
  born: { says: 'The birthday; while isExpected, the day it is due.', example: '2026-03-15' },
  isExpected: { says: 'The child is not born yet.', example: false },
  associateId: {
    says: 'The associate (导购) who serves them, by their number; null is nobody.',
    example: 'g7',
  },
  'to.associateId': { says: 'Members of this associate.', example: 'g7' },
  'ContactInput.associateId': { says: 'Who called or visited, by their number.', example: 'g7' },
  'GuidanceInput.associateId': { says: 'The colleague who is given advice, by their number.', example: 'g7' },
  reason: {
    says: 'Why, in the words of whoever does it; it is kept with what was done.',
    example: '顾客换了手机号，到店核对',
  },
  'CouponGrant.reason': { says: 'Why it is given; kept with the coupon.', example: '奶粉破损，补偿一张券' },
  'CouponGrantJobInput.reason': {
    says: 'Why they are given; kept with each coupon.',
    example: '双十二回馈老会员',
  },
  'CouponRevocation.reason': { says: 'Why it is revoked; kept with the coupon.', example: '发错了人' },
  'ExchangeUndoing.reason': {
    says: 'Why it is undone; kept with the exchange.',
    example: '礼品缺货，退还积分',
  },
  'StoredValueCorrection.reason': {
    says: 'Why the balance is put right; kept in the audit.',
    example: '旧系统余额录错',
  },
  'TakeBackInput.reason': { says: 'Why it was a mistake; it stands in the audit.', example: '活动门槛设错' },
  proof: {
    says: 'What showed that it is the member who asks.',
    example: '核对了身份证',
  },
  lastOn: {
    says: 'The last day on which the level stands; null stands until a higher one is earned.',
    example: '2027-12-31',
  },
  'member.from': {
    says: 'The member who goes, by any number that is known.',
    example: { externalId: 'M1007' },
  },
  'member.into': {
    says: 'The member who stays, by any number that is known.',
    example: { externalId: 'M1001' },
  },
};
