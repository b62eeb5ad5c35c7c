/** 套餐、次卡: what is sold at once and redeemed piece by piece. */
import type { FieldDictionary } from './define.ts';

const bath = { id: 'bath', name: '洗澡', count: 10, unitPriceFen: 5000 };

export const packageFields: FieldDictionary = {
  'package-templates.id': {
    says: 'The package: id of an answer of /package-templates.',
    example: 'pt_5f7h9j1l3n6q8s0u',
  },
  packageNo: {
    says: 'The number of the package (套餐单号), one in all stores and for ever: under it, it is sold once.',
    example: 'TC8005-61',
  },
  redeemNo: {
    says: 'The number of the redemption (核销单号): under it, it counts once; without one each event counts by itself.',
    example: 'HX8005-204',
  },
  package: {
    says: 'What was sold, as the till defines it; it stays as it was sold.',
    example: { id: 'P1', name: '洗澡次卡', items: [bath] },
  },
  'package.id': { says: 'The till’s own number of this kind of package.', example: 'P1' },
  'package.name': { says: 'What members read; its number, unless given.', example: '洗澡次卡' },
  'package.items': { says: 'What it holds: 1 to 20 items, each with an id of its own.', example: [bath] },
  items: { says: 'What it holds: 1 to 20 items, each with a name of its own.' },
  'items.id': { says: 'The till’s own number of the item; redemptions name it.', example: 'bath' },
  'items.name': { says: 'What members and tills call the item.', example: '洗澡' },
  'package.member': {
    says: 'Who bought it, by any number that is known; a package of nobody known is parked.',
    example: { externalId: 'M1001', phone: '13912345487' },
  },
  'package.associate': { says: 'Who sold it (导购).', example: { id: 'g7', name: '陈静' } },
  'package.paidFen': { says: 'What was paid for it, in fen.', example: 45000 },
  'package.validUntil': {
    says: 'The last day on which it can be redeemed, or the moment from which it cannot; without it, it has no end.',
    example: '2027-11-21',
  },
  item: { says: 'The item by its id, or by its name.', example: 'bath' },
  'PackageUndo.item': {
    says: 'Without redeemNo: the item of which the last redemption is taken back, by its id or its name.',
    example: '洗澡',
  },
  'package.count': { says: 'How many pieces of the item are redeemed.', example: 1 },
  'PackageRedemption.count': { says: 'How many pieces of the item are redeemed.', example: 1 },
  'PackageUndo.count': { says: 'Without redeemNo: only a redemption of so many pieces.', example: 1 },
  'PackageSelling.templateId': {
    says: 'What the office sells: id of an answer of /package-templates; or `package`.',
    example: 'pt_5f7h9j1l3n6q8s0u',
  },
  packageId: { says: 'The kind of package.', example: 'pt_5f7h9j1l3n6q8s0u' },
  packageIds: {
    says: 'Packages of the office by the id of an answer of /package-templates, or of the till by its own numbers.',
    example: ['pt_5f7h9j1l3n6q8s0u'],
  },
};
