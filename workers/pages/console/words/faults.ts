/** 填错了的说法, by what the schemas and commands say in English. A test finds those that are missing. */
import { barWords } from '../../../words/misses/coupon-misses.ts';

import type { PackageMiss, StoredMiss, SuperMiss, VoucherMiss } from '../../../../schema/index.ts';
import type { ExchangeNot } from '../../../decide/money/exchanges.ts';
import { exchangeMissWords } from '../../../words/misses/exchange-misses.ts';
import { yuanText } from '../../../decide/plain/yuan.ts';
import { packageMissWords } from '../../../words/misses/package-misses.ts';
import { storedMissWords } from '../../../words/misses/stored-misses.ts';
import { superMissWords } from '../../../words/misses/super-misses.ts';
import { voucherMissWords } from '../../../words/misses/voucher-misses.ts';

/** Keys are the messages of our own checks. */
export const customFaults: Readonly<Record<string, string>> = {
  'this shop keeps no identity numbers; memberFile.idNumber of the settings switches it on':
    '店里没有打开“登记身份证号”：在“设置 · 会员档案”里打开。',
  'is six digits': '邮编是 6 位数字，比如 510620。',
  'each begins later than the one before it': '天数要一行比一行大。',
  'two stages have the same name': '有两行同名，请改一个。',
  'is eighteen places, the last of them may be X': '身份证号是 18 位，最后一位可以是 X。',
  'holds a birthday that does not exist': '身份证号里的生日不对，请核对。',
  'is mistyped: its last place does not fit the others': '身份证号输错了：最后一位和前面的对不上。',
  'has to be true: ask the member whether the number may be kept': '要会员本人同意，才能登记身份证号。',
  'is not one of her children': '请选一个宝宝。还没有宝宝，先在“改宝宝”里填。',
  'is no stage of these goods': '这一段不在这种商品的段位表里，请重新选。',
  'nothing would be put in': '本金和赠送不能都是 0。',
  'is at most what is paid; what the shop adds is bonusFen': '到账本金不能比收的多：多出来的填在“到账赠送”。',
  'two plans have the same name': '有两个方案同名，请改一个。',
  'two items have the same name': '有两个项目同名，请改一个。',
  'must be later than from': '结束时间要晚于开始时间。',
  'needs a condition of kind keyword': '加一个条件“发的是这些词”，写上哪些词。',
  'has to be set, or perMemberPerDay: it happens as often as somebody likes':
    '填一个次数，或者填“每人每天”：词可以发很多遍，不填就每一遍都送。',
  'must not be before firstOn': '最后一天不能早于第一天。',
  'must not be before collectFirstOn': '领奖的最后一天不能早于开始领的那天。',
  'must not be before lastOn: what is won last has to be fetched too':
    '领奖不能在抽奖结束之前就截止：最后一天抽中的也要领得到。',
  'must be later than saleFrom': '要晚于开始卖的时间。',
  'must be worth more than priceFen, what is paid for it': '面值要比卖的钱多，不然没有人买。',
  'give both furtherFromFen and furtherOffFen, or neither': '“满多少再减”和“再减多少”要么都填，要么都不填。',
  'must be later than from, and still to come': '截止时间要晚于开始时间，也不能已经过去。',
  'names a store that is not there': '这家门店不在了。',
  'no coupon template has this id': '这张券不在了。',
  'the coupons of this template are over already': '这张券已经过期，领到也用不了，请换一张。',
  'only a manager or a cashier is bound to stores': '只有店长和收银员需要选门店。',
  'is not an IANA timezone, such as Asia/Shanghai': '时区不认识，请填 Asia/Shanghai 这样的名字。',
  'must not contain control characters': '里面有看不见的字符，请重新输入。',
  'looks like thing1': '栏名不对：只写 thing1、amount2 这样的，不带花括号和 DATA。',
  'looks like MP_verify_aBc123.txt': '文件名不对：照微信给的写，比如 MP_verify_aBc123.txt。',
  'is one line of letters and digits': '里面应该只有一行字母和数字。',
  'has nothing that can be seen': '里面没有看得见的字，请重新输入。',
  'is longer than 16 bytes': '太长了，最多五个汉字。',
  'is longer than 60 bytes': '太长了，最多二十个汉字。',
  'must be a mobile number of 11 digits': '请填 11 位手机号，比如 13912345487。',
  'binds a till; the office acts for the whole shop': '只有收银的令牌要选它，后台的不选。',
  'names the system that the till sends as; a token of scope pos acts for one':
    '收银的令牌要选它代表哪个来源。',
  'there is nobody like that': '没有这样的会员：请换一个条件，或者多往回算几天。',
  'another source has this id': '这个编号已经有了，换一个，比如 till-2。',
  'has passed already': '这个时间已经过去了。',
  'is not a registered source': '这个来源不在了。',
  'a code that binds an associate must expire': '绑定导购的码不能是永久的。',
};

/** Those that name what they speak of; the first that fits. */
export const faultShapes: readonly (readonly [RegExp, string])[] = [
  [
    /^\S+ needs \S+, which \S+ does not bring/,
    '这个条件和上面的“什么时候送”对不上：换一个条件，或者去掉它。',
  ],
  [
    /^campaign \S+ of the same group gives a coupon that cannot be compared/,
    '同一组里另一个活动送的券没有填成本，比不出哪个最值：给那个活动换一张填了成本的券，或者这里不选“送最值的一个”。',
  ],
  [
    /does not say what it costs the shop/,
    '这张券没有填成本，预算没法算，也比不出哪个最值：新建一张填了“成本”的券（折扣券填“最多减”也行），或者不设预算、不用“送最值的一个”。',
  ],
];

/** Of a voucher that is not sold, or not paid back. */
const ofVouchers = (reason: VoucherMiss['reason']) => (numbers: Readonly<Record<string, number>>) =>
  voucherMissWords({ reason, ...numbers } as VoucherMiss);

/** Of points that are not exchanged, or of an exchange that is not undone. */
const ofExchanges =
  (why: { reason: string } | { code: string }) => (numbers: Readonly<Record<string, number>>) =>
    exchangeMissWords({ ...why, ...numbers } as ExchangeNot);

const ofStored = (reason: StoredMiss['reason']) => (numbers: Readonly<Record<string, number>>) =>
  storedMissWords({ reason, ...numbers } as StoredMiss);

const superReasons = [
  'UNKNOWN_PLAN',
  'NUMBER_TAKEN',
  'TOO_FAR',
  'UNKNOWN_MEMBERSHIP',
  'ENDED',
  'NO_REFUND',
  'REFUND_CLOSED',
  'ALREADY_USED',
  'OVER',
  'UNDO_CLOSED',
] as const satisfies readonly SuperMiss['reason'][];
const ofSuper = (reason: SuperMiss['reason']) => (numbers: Readonly<Record<string, number>>) =>
  superMissWords({ reason, ...numbers } as SuperMiss);

const ofPackages = (reason: PackageMiss['reason']) => (numbers: Readonly<Record<string, number>>) =>
  packageMissWords({ reason, ...numbers } as PackageMiss);

/** Keys are the codes of refusals. */
export const problemWords: Readonly<Record<string, (numbers: Readonly<Record<string, number>>) => string>> = {
  changed_meanwhile: () => '别人刚刚也改了它，请刷新后再改一次。',
  limit_below_used: ({ limit = 0, used = 0 }) => `不能改成 ${limit}：已经用掉 ${used} 了。`,
  taking_back: () => '这个活动正在收回，不用再点；打开它的收回页看进度。',
  taken_back: () => '这个活动发出的已经收回，不能再启用，也不用再收。要重做，请新建一个活动。',
  nothing_given: () => '这个活动没有发出过东西，没有可以收回的；不想再发，把状态改成“结束”。',
  unknown_campaign: () => '这个活动不在了。',
  coupon_gone: () => barWords(null),
  coupon_stock: ({ used = 0, cap = 0 }) => barWords({ limit: 'stock', used, cap }),
  coupon_perMember: ({ used = 0, cap = 0 }) => barWords({ limit: 'perMember', used, cap }),
  coupon_perMemberPerDay: ({ used = 0, cap = 0 }) => barWords({ limit: 'perMemberPerDay', used, cap }),
  coupon_perDay: ({ used = 0, cap = 0 }) => barWords({ limit: 'perDay', used, cap }),
  coupon_notSuper: ({ superUntil = 0 }) => barWords({ limit: 'notSuper', superUntil }),
  coupon_over: ({ validTo = 0 }) => barWords({ limit: 'over', validTo }),
  unknown_template: () => '这张券不在了。',
  unknown_exchange_item: () => '这个兑换品不在了。',
  unknown_lottery: () => '这个抽奖不在了。',
  prize_was_won: ({ used = 0 }) =>
    `这个奖品已经有 ${used} 份被抽走：位置、价值和送什么都不能再改，只能改名字、说法和加份数。新奖品加在最后。`,
  EXCHANGE_POINTS_SHORT: ofExchanges({ code: 'POINTS_SHORT' }),
  EXCHANGE_UNKNOWN_ITEM: ofExchanges({ reason: 'UNKNOWN_ITEM' }),
  EXCHANGE_ITEM_OFF: ofExchanges({ reason: 'ITEM_OFF' }),
  EXCHANGE_NOT_YET: ofExchanges({ reason: 'NOT_YET' }),
  EXCHANGE_CLOSED: ofExchanges({ reason: 'CLOSED' }),
  EXCHANGE_PRICE_CHANGED: ofExchanges({ reason: 'PRICE_CHANGED' }),
  EXCHANGE_OUT_OF_STOCK: ofExchanges({ reason: 'OUT_OF_STOCK' }),
  EXCHANGE_MEMBER_LIMIT: ofExchanges({ reason: 'MEMBER_LIMIT' }),
  EXCHANGE_UNKNOWN_EXCHANGE: ofExchanges({ reason: 'UNKNOWN_EXCHANGE' }),
  EXCHANGE_EXCHANGE_TOO_OLD: ofExchanges({ reason: 'EXCHANGE_TOO_OLD' }),
  EXCHANGE_EXCHANGE_USED: ofExchanges({ reason: 'EXCHANGE_USED' }),
  EXCHANGE_EXCHANGE_LOCKED: ofExchanges({ reason: 'EXCHANGE_LOCKED' }),
  unknown_plan: () => '这个提醒方案不在了。',
  POINTS_SHORT: ({ have = 0, need = 0 }) => `不够减：现在只有 ${have} 分，要减 ${need} 分。`,
  NO_MEMBER: () => '这位会员已经注销，或者并到了另一位名下。',
  PHONE_TAKEN: () => '这个手机号是另一位会员的。两位是同一个人，就用“合并”。',
  WECHAT_TAKEN: () => '这个微信是另一位会员的。',
  CHILD_IMPLAUSIBLE: ({ place = 0 }) =>
    `第 ${place + 1} 个宝宝的日子不对：没出生的填预产期并勾上，出生了的生日不能在今天以后，也不能超过 18 年。`,
  NO_SUCH_MEMBER: () => '没有找到。填另一位的手机号、会员卡号或会员编号。',
  SEVERAL_MEMBERS: () => '这个号码对着好几位会员，请填手机号或会员编号。',
  SAME_MEMBER: () => '这就是同一位会员。',
  NOT_MERGED: () => '没有可以拆开的合并：已经拆过，或者合并时牵涉的内容太多，没有记下来。',
  MERGED_LONG_AGO: () => '合并已经超过一天，不能再拆。',
  MERGED_ON: () => '后来又合并过，先拆后来的那一次。',
  SALE_SINCE: () => '并进来的销售后来退过货或改过，或者并进来的套餐用过、退过，分不清了，不能再拆。',
  SPENT_SINCE: ({ have = 0, need = 0 }) =>
    `合并以后花掉了一部分：现在只有 ${have}，要还给另一位 ${need}。积分可以先用“调整积分”补上再拆；钱花掉了就不能拆。`,
  MOVED_MEANWHILE: () => '刚刚有新的变动，请再点一次。',
  STORED_INSUFFICIENT: ofStored('INSUFFICIENT'),
  STORED_ABOVE_CEILING: ofStored('ABOVE_CEILING'),
  STORED_NUMBER_TAKEN: ofStored('NUMBER_TAKEN'),
  STORED_UNKNOWN_SPENDING: ofStored('UNKNOWN_SPENDING'),
  STORED_UNKNOWN_RECHARGE: ofStored('UNKNOWN_RECHARGE'),
  STORED_UNKNOWN_PLAN: ofStored('UNKNOWN_PLAN'),
  STORED_AMOUNT_DIFFERS: ofStored('AMOUNT_DIFFERS'),
  STORED_MORE_THAN_SPENT: ofStored('MORE_THAN_SPENT'),
  STORED_ASK_AGAIN: ({ principalFen = 0, bonusFen = 0 }) =>
    `再确认一次：退本金 ${yuanText(principalFen)}，同时作废赠送 ${yuanText(bonusFen)}，不能恢复。和顾客说清楚了，就勾上再点。`,
  ...Object.fromEntries(superReasons.map((reason) => [`SUPER_${reason}`, ofSuper(reason)])),
  SUPER_AMOUNT_DIFFERS: () => '要退的金额刚刚变了：请再看一遍，再点一次。',
  SUPER_ASK_AGAIN: ({ backFen = 0 }) =>
    `再确认一次：退给顾客 ${yuanText(backFen)}，超级会员马上到期。钱退了，就勾上再点。`,
  SUPER_NOT_LAST: () => '后面还续过：要先退后买的那一笔。',
  VOUCHER_NOT_FOR_SALE: ofVouchers('NOT_FOR_SALE'),
  VOUCHER_SALE_CLOSED: ofVouchers('SALE_CLOSED'),
  VOUCHER_NONE_LEFT: ofVouchers('NONE_LEFT'),
  VOUCHER_NUMBER_TAKEN: ofVouchers('NUMBER_TAKEN'),
  VOUCHER_UNKNOWN_SALE: ofVouchers('UNKNOWN_SALE'),
  VOUCHER_ALREADY_USED: ofVouchers('ALREADY_USED'),
  VOUCHER_LOCKED_BY_OTHER: ofVouchers('LOCKED_BY_OTHER'),
  VOUCHER_REVOKED: ofVouchers('REVOKED'),
  VOUCHER_KEPT: ofVouchers('KEPT'),
  unknown_package_template: () => '这个套餐不在了。',
  PACKAGE_NOT_FOR_SALE: ofPackages('NOT_FOR_SALE'),
  PACKAGE_AMOUNT_DIFFERS: ({ dueFen = 0 }) =>
    `刚刚又用掉了一些，现在退 ${yuanText(dueFen)}：请重新打开这一页。`,
  PACKAGE_NUMBER_TAKEN: ofPackages('NUMBER_TAKEN'),
  PACKAGE_UNKNOWN_PACKAGE: ofPackages('UNKNOWN_PACKAGE'),
  PACKAGE_ALREADY_REFUNDED: ofPackages('ALREADY_REFUNDED'),
  PACKAGE_ALL_USED: ofPackages('ALL_USED'),
  PACKAGE_UNKNOWN_USE: ofPackages('UNKNOWN_USE'),
  not_decided: () => '刚才没有办成，请再点一次，不会重复。',
  no_menu: () => '还没有草稿，先存一份。',
  no_wechat: () => '店里还没有接公众号。接上以后再来。',
  wechat_unreachable: () => '微信没有回应，请过一会儿再试。',
  wechat_refused: ({ errcode = 0 }) =>
    errcode === 48001 ? '公众号没有这个权限：要用认证过的服务号。' : `微信没有答应（${errcode}）。`,
  too_many_permanent: ({ limit = 0 }) => `永久的码最多 ${limit} 张，已经用完了。`,
  unknown_associate: () => '这位导购不在了。',
  no_code: () => '这张码还没有图，请稍后再看。',
  last_owner: () => '至少要留一位老板。先让另一位同事当老板，再改这一位。',
  unknown_person: () => '这个人不在了。',
};
