/** 阳光小镇母婴: the demo shop, in the shapes of the public API; `scripts/seed.ts` creates it. */

export const shopName = '阳光小镇母婴';

export const stores = [
  { id: '8005', name: '天河店', timezone: 'Asia/Shanghai' },
  { id: '8006', name: '海珠店', timezone: 'Asia/Shanghai' },
] as const;

export const associates = [
  { id: 'g7', name: '林小雨', storeId: '8005', openid: 'oGuideLinXiaoyu' },
  { id: 'g8', name: '陈美娟', storeId: '8005', openid: 'oGuideChenMeijuan' },
  { id: 'g9', name: '黄晓彤', storeId: '8006', openid: 'oGuideHuangXiaotong' },
] as const;

export const members = [
  {
    externalId: 'M1001',
    name: '陈小满',
    phone: '13912345487',
    openid: 'oMemberChenXiaoman',
    associateId: 'g7',
  },
  { externalId: 'M1002', name: '周婷', phone: '13800138002', openid: 'oMemberZhouTing', associateId: 'g7' },
  { externalId: 'M1003', name: '李佳怡', phone: '13700137003', openid: 'oMemberLiJiayi', associateId: 'g8' },
  { externalId: 'M1004', name: '王雪', phone: '18600186004', openid: 'oMemberWangXue', associateId: 'g9' },
] as const;

/** Whoever has one of the phones on the sandbox page; they follow the account from the start. */
export const people = [
  ...members.map(({ openid, name, phone }) => ({ openid, name, phone, role: 'member' })),
  ...associates.map(({ openid, name }) => ({ openid, name, phone: null, role: 'associate' })),
] as const;
