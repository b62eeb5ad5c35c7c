/** 套餐、次卡的请求: defined, sold, redeemed piece by piece, paid back. */
import type { BodyExamples } from './define.ts';

const held = { code: '5K7QZ2M8VX3RTN', store: '8005' };
const numbered = { packageNo: 'TC8005-61', source: 'till', store: '8005' };

export const packageBodies: BodyExamples = {
  PackageTemplateInput: {
    usual: {
      name: '洗澡次卡',
      items: [
        { name: '洗澡', count: 10, unitPriceFen: 5000 },
        { name: '抚触', count: 2, unitPriceFen: 0 },
      ],
      priceFen: 45000,
      validDays: 365,
    },
  },
  PackageTemplatePatch: { stop: { enabled: false } },
  PackageNamed: {
    code: { code: '5K7QZ2M8VX3RTN' },
    number: { packageNo: 'TC8005-61', source: 'till' },
  },
  PackageSelling: {
    template: {
      packageNo: 'TC8005-61',
      store: '8005',
      templateId: 'pt_5f7h9j1l3n6q8s0u',
      paidFen: 45000,
      associate: 'g7',
    },
    own: {
      packageNo: 'TC8005-62',
      store: '8005',
      package: {
        id: 'P1',
        name: '洗澡次卡',
        items: [{ id: 'bath', name: '洗澡', count: 10, unitPriceFen: 5000 }],
      },
      paidFen: 45000,
      validUntil: '2027-11-21',
    },
  },
  PackageRedemption: {
    code: { ...held, item: '洗澡', count: 1, redeemNo: 'HX8005-204' },
    number: { ...numbered, item: 'bath' },
  },
  PackageUndo: {
    number: { ...held, redeemNo: 'HX8005-204' },
    last: { ...held, item: '洗澡' },
  },
  PackageRefund: { usual: { ...held, refundedFen: 30000 } },
};
