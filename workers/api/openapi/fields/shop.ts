/** 门店: stores, colleagues, products, tokens and the codes that are put up. */
import type { FieldDictionary } from './define.ts';

export const shopFields: FieldDictionary = {
  name: { says: 'Its name, as people see it.', example: '母婴小屋' },
  store: { says: 'The store by its number, or as events name it with number and name.', example: '8005' },
  'store.id': { says: 'The store’s number, the same in every system of the shop.', example: '8005' },
  'store.name': { says: 'What the store is called; the name that was told last is kept.', example: '天河店' },
  storeId: { says: 'The store by its number.', example: '8005' },
  'AssociateInput.storeId': {
    says: 'The store in which the associate works; null is none.',
    example: '8005',
  },
  'StoreInput.name': { says: 'What the store is called.', example: '天河店' },
  timezone: {
    says: 'The zone in which the store’s days begin and end, by its IANA name.',
    example: 'Asia/Shanghai',
  },
  'AssociateInput.name': { says: 'What the associate is called; members read it.', example: '陈静' },
  'AssociateInput.openid': {
    says: 'The associate’s openid in the shop’s Official Account; null is not known.',
    example: 'oZ8x5uKd7Qw2nB6vM1cR4tYp0sEj',
  },
  wecomUserId: {
    says: 'The associate’s user id in WeCom (企业微信); null is not known.',
    example: 'ChenJing',
  },
  'product.name': { says: 'What the article is called.', example: '启赋蓝钻3段 900g' },
  'ProductInput.name': { says: 'What the article is called.', example: '启赋蓝钻3段 900g' },
  categoryPath: {
    says: 'The article’s categories, from the widest to the narrowest.',
    example: [
      { id: '01', name: '奶粉' },
      { id: '0101', name: '3段奶粉' },
    ],
  },
  'categoryPath.id': { says: 'The category’s number.', example: '0101' },
  'categoryPath.name': { says: 'What the category is called.', example: '3段奶粉' },
  tags: { says: 'Words for grouping articles, at most 50.', example: ['新品'] },
  pointsFactor: { says: 'How many times its points the article brings: 2 is double, 0 none.', example: 1 },
  status: { says: 'active is sold, removed is not sold any more.', example: 'active' },
  successorId: {
    says: 'Who takes over, by their number; null leaves the members to the shop.',
    example: 'g8',
  },
  'DepartureInput.codes': {
    says: 'What becomes of her printed codes: they bring people to the successor, or end.',
    example: 'successor',
  },
  tellMembers: { says: 'Whether each of her members is told, once.', example: false },
  'SceneInput.kind': {
    says: 'What the code stands for: an associate, a store, a coupon, a campaign, a source of newcomers, or a colleague’s invitation.',
    example: 'store',
  },
  'scenes.kind': { says: 'Only codes of this kind.', example: 'store' },
  targetId: {
    says: 'The associate, store, coupon template or campaign that it stands for, by its id; for a source, its own name.',
    example: '8005',
  },
  'SceneInput.name': { says: 'What the office calls the code.', example: '天河店收银台' },
  permanent: { says: 'Whether the code never ends; an account has 100,000 of those.', example: false },
  'SceneInput.days': { says: 'For how many days a temporary code is good.', example: 30 },
  renewed: { says: 'Whether a new code replaces a temporary one before it ends.', example: true },
  'TokenInput.name': { says: 'Who or what uses it.', example: '天河店 1 号收银机' },
  'TokenInput.scope': { says: 'pos is enough for a till; admin may call everything.', example: 'pos' },
  'TokenInput.source': {
    says: 'The system that a till sends as: a token of scope pos acts for it alone.',
    example: 'till',
  },
  'TokenInput.stores': {
    says: 'The stores that a till acts in; left out or null, all of them.',
    example: ['8005'],
  },
  expiresAt: { says: 'When it ends; null does not end by itself.', example: '2027-12-01T00:00:00+08:00' },
  'owed.storeId': { says: 'Only this store.', example: '8005' },
  month: { says: 'A calendar month; the present one unless given.', example: '2026-11' },
};
