/** 渠道码的说法. */
import type { SceneKind } from '../../../../../schema/index.ts';
import type { FormWords } from '../../form/words.ts';

export const sceneKindNames: Readonly<Record<SceneKind, string>> = {
  associate: '导购专属码',
  store: '门店码',
  coupon: '领券码',
  campaign: '活动码',
  source: '来源码',
  staff: '绑定导购的码',
};

/** Below the code on its poster. */
export const sceneLines: Readonly<Record<SceneKind, string>> = {
  associate: '微信扫一扫，我来为您一对一服务',
  store: '微信扫一扫，成为会员，积分自动到账',
  coupon: '微信扫一扫，领优惠券',
  campaign: '微信扫一扫，参加活动',
  source: '微信扫一扫，关注我们',
  staff: '本人用微信扫一扫',
};

export const codeWords: FormWords = {
  kind: {
    label: '给什么用',
    values: {
      store: '门店（记住从哪家店来）',
      coupon: '领券（扫了送一张券）',
      campaign: '活动（扫了参加）',
      source: '来源（只记从哪儿来）',
    },
  },
  storeId: { label: '哪家门店' },
  templateId: { label: '哪一张券' },
  campaignId: { label: '哪个活动' },
  source: { label: '来源', help: '比如“小区传单”。' },
  name: { label: '名称', help: '印在海报上，比如“天河店”。' },
};
