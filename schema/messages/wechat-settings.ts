/** 公众号设置: what the account answers automatically, and what each message needs to be sent. */
import * as z from 'zod';

/** WeChat cuts a text at 2,048 bytes, which is more than 600 Chinese characters. */
const replyLengthMax = 600;
const keywordRulesMax = 200;

/** 变量 that an answer may name, each in braces: 您好，我是{导购}. */
export const replyVariables = ['店名', '导购', '会员', '积分', '注册链接', '门店'] as const;
export type ReplyVariable = (typeof replyVariables)[number];

const known: ReadonlySet<string> = new Set(replyVariables);

export const ReplyText = z
  .string()
  .trim()
  .min(1)
  .max(replyLengthMax)
  .refine((text) => [...text.matchAll(/\{([^{}]*)\}/g)].every(([, name = '']) => known.has(name)), {
    error: `names an unknown variable; the variables are ${replyVariables.map((name) => `{${name}}`).join(' ')}`,
  });

/** A word that cannot be seen would be found in everything that anybody says. */
const Keyword = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .refine(
    (word) => /[^\s\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}]/u.test(word),
    'has nothing that can be seen',
  );

/** Keywords are compared whatever their width, case, spaces and what stands around them; there are no patterns. */
const KeywordRule = z.strictObject({
  match: z.enum(['contains', 'exact']),
  words: z.array(Keyword).min(1).max(20),
  reply: ReplyText,
});

export const WechatSettings = z.strictObject({
  /** 关注后回复 */
  welcome: ReplyText.default('欢迎关注{店名}！点这里注册会员，积分和优惠券都在里面：{注册链接}'),
  /** 扫导购码关注后回复 */
  welcomeByAssociate: ReplyText.default(
    '欢迎关注{店名}！我是您的专属导购{导购}，有问题直接在这里问我。点这里注册会员：{注册链接}',
  ),
  /** 老会员回来后回复 */
  welcomeBack: ReplyText.default('{会员}，欢迎回来！您现在有{积分}积分。'),
  /** 已有专属导购时再扫别的码 */
  alreadyBound: ReplyText.default('您的专属导购是{导购}，不用重新绑定。'),
  bound: ReplyText.default('您好，我是您的专属导购{导购}，有问题直接在这里问我。'),
  keywords: z.array(KeywordRule).max(keywordRulesMax).default([]),
  /**
   * 自动回复: when no keyword matches and the fan has no associate, or none who can be reached, or a keyword's answer has a gap; null
   * stays silent to whom no associate was to answer.
   */
  fallback: ReplyText.nullable().default(null),
  /** 企业微信欢迎语; null leaves the greeting to WeCom's own console. */
  wecomWelcome: ReplyText.nullable().default('您好，欢迎来到{店名}！有问题随时问我。'),
  /** 菜单点击: what a menu button of type click answers, by its key. */
  clicks: z.record(z.string().min(1).max(128), ReplyText).default({}),
});
export type WechatSettings = z.infer<typeof WechatSettings>;
