/** 原因用语: why an event is parked, ignored or waiting, and what to do about it; written here and nowhere else. */
import {
  defaultTimezone,
  type BillDifference,
  type Reason,
  type ReasonCode,
  type ReasonOf,
} from '../../schema/index.ts';
import { differenceWords } from '../decide/money/differences.ts';
import { localDate } from '../decide/plain/dates.ts';
import { saleWords, unbilledWords } from './awaited-words.ts';
import { faultWords } from './fault-words.ts';
import { packageMissWords } from './misses/package-misses.ts';
import { storedMissWords } from './misses/stored-misses.ts';
import { voucherMissWords } from './misses/voucher-misses.ts';
import { transferStateWords } from './transfer-words.ts';
import { openingDiffers } from './files/moving-words.ts';
import { yuanText } from '../decide/plain/yuan.ts';

type Words = { readonly [Code in ReasonCode]: (reason: ReasonOf<Code>) => string };

const state = (word: string | null): string => (word === null ? '' : `（状态 ${word}）`);
const dayOf = (at: number): string => localDate(at, defaultTimezone);
const about = {
  member: '会员',
  product: '商品',
  payment: '付款',
  transfer: '转账单',
  coupon: '券',
  grant: '活动发放',
  points: '积分抵钱',
  package: '套餐',
} as const;
const card = ([principalFen, bonusFen]: readonly [number, number]): string =>
  `本金 ${yuanText(principalFen)}、赠送 ${yuanText(bonusFen)}`;

const numberingWords = {
  unique: '不重复',
  'per-store': '每家门店各自编号',
  'per-store-day': '每家门店每天重新编号',
  'per-terminal-day': '每台收银机每天重新编号',
} as const;
const placeWords = { store: '门店', terminal: '收银机', day: '营业日' } as const;
const places = (differs: ReasonOf<'NUMBER_TAKEN'>['differs'], side: 'known' | 'told'): string =>
  differs.map((one) => `${placeWords[one.part]} ${one[side]}`).join('、');
const taken = {
  sale: {
    known: '销售单',
    told: '销售单',
    otherwise: '如果确实是同一张单的更正，请让收银系统带上原来的会员、用更大的版本号重发。',
  },
  refund: {
    known: '销售单',
    told: '退货单',
    otherwise: '如果退的确实是那张单，请让收银系统填上原单的门店和营业日重发，或核对后手工调整积分。',
  },
  void: {
    known: '销售单',
    told: '作废',
    otherwise: '如果作废的确实是那张单，请让收银系统填上原单的门店和营业日重发。',
  },
  recharge: {
    known: '充值单',
    told: '充值单',
    otherwise: '如果确实是同一笔充值，不需要处理。',
  },
} as const;
const partWords = { store: '门店', terminal: '收银机号', day: '原销售单的营业日' } as const;

const words: Words = {
  PING: () => '这是一次连通测试，接口是通的。',
  TEST: () => '发送方把它标为测试数据：只存档，不处理。',
  NOT_ACTED_ON: ({ type }) =>
    `${type === null ? '这类数据' : `“${type}”这类数据`}与会员营销无关：只存档，不处理。`,
  NOT_FINISHED_YET: ({ state: word }) =>
    `这笔订单还没有完成${state(word)}；完成后对方会再推送，到时自动处理。`,
  NOT_PAID_YET: ({ state: word }) => `这笔订单还没有付款${state(word)}；付款后对方会再推送，到时自动处理。`,
  NOT_PAID_BACK_YET: ({ state: word }) =>
    `这笔退款还没有退到${state(word)}；退到后对方会再推送，到时自动处理。`,
  CALLED_OFF_UNPAID: ({ state: word }) => `这笔订单没有付款就取消了${state(word)}，不需要处理。`,
  NOT_PAID_BACK: ({ state: word }) => `这笔退款没有退成${state(word)}，积分不变，不需要处理。`,
  MAPPING_IGNORES: ({ note }) => `字段映射规定忽略这种数据${note === null ? '' : `（${note}）`}。`,
  TOLD_IN_FULL: ({ eventIds }) =>
    `这条通知只带单号；已向对方系统取回完整内容，见事件 ${eventIds.join('、')}。`,
  EMPTIED: () => '当事人已取消关注或注销，内容已清空，不需要处理。',

  NOTHING_NEW: ({ about: what }) => `没有比已有的${about[what]}资料更新的内容，没有变化。`,
  SALE_KNOWN: ({ orderNo, version }) =>
    `订单 ${orderNo}（版本 ${version}）之前已经处理过，商品、数量和金额都没有变，不会重复计算；改的是别的内容，请把版本号加一后重发。`,
  SALE_OUTDATED: ({ orderNo, version, knownVersion }) =>
    `这是订单 ${orderNo} 的旧版本（${version}），之前已处理过更新的版本（${knownVersion}）。`,
  SALE_VOID_ALREADY: ({ orderNo }) => `订单 ${orderNo} 之前已经作废。`,
  REFUND_KNOWN: ({ refundNo }) => `退货单 ${refundNo} 之前已经处理过，不会重复扣减。`,
  REFUND_OUTDATED: ({ refundNo, version, knownVersion }) =>
    `这是退货单 ${refundNo} 的旧版本（${version}），之前已处理过更新的版本（${knownVersion}）。`,
  RECHARGE_KNOWN: ({ rechargeNo }) => `充值单 ${rechargeNo} 之前已经入账，不会重复入账。`,
  SUPER_KNOWN: ({ number }) => `超级会员 ${number} 之前已经办过，不会重复办。`,
  STORED_KNOWN: ({ number }) => `储值单 ${number} 之前已经记过，不会重复记。`,
  PACKAGE_KNOWN: ({ packageNo }) => `套餐 ${packageNo} 的这笔之前已经记过，不会重复记。`,
  VOUCHER_KNOWN: ({ saleNo }) => `小票 ${saleNo} 的预售券之前已经处理过，不会重复卖或重复退。`,
  MEMBER_UNKNOWN: () => '会员系统里没有这位会员，不需要处理。',
  MEMBER_UNNAMED: () =>
    '没有能认出会员的号码：手机号不完整，或者只有登记为散客的号码、别的公众号的 openid；如果是一位会员，请填写完整的手机号。',
  MEMBERS_ONE_ALREADY: () => '这两个会员号本来就是同一个人。',
  PRODUCT_UNKNOWN: ({ sku }) => `商品 ${sku} 不在资料里，不需要下架。`,
  PRODUCT_REMOVED_ALREADY: ({ sku }) => `商品 ${sku} 之前已经下架。`,
  REMINDER_PUT_OFF: () => '这条提醒已经推后，到新的日子再发。',
  REMINDER_SETTLED: () => '这条提醒已经发过或取消了，不会再发。',
  FOLLOWS_AGAIN: () => '这位粉丝后来又关注了，旧的取消关注不再处理。',
  RECEIPT_EMPTY: () => '这份回执没有提到任何消息，不需要处理。',
  TRANSFER_ENDED: ({ outBillNo, state: word }) =>
    `转账单 ${outBillNo} 之前已经有结果（${transferStateWords[word]}），不会重复处理。`,
  PACKET_STAYS: ({ refusal }) => `红包留在会员的账户里，没有自动提现（${refusal}）；会员可以自己提现。`,
  REFUSED: ({ refusal }) => `这次操作没有被接受（${refusal}），什么都没有改动。`,

  SALE_CHANGED: ({ orderNo, version }) =>
    `订单 ${orderNo} 的版本 ${version} 收到了两份不同的内容，无法判断以哪份为准；请让收银系统把版本号加一后重发。`,
  NUMBER_TAKEN: ({ about: what, number, differs, numbering }) =>
    `单号 ${number} 之前已有一张${taken[what].known}（${places(differs, 'known')}），这次的${taken[what].told}说的是${places(differs, 'told')}，看来是另一张，已暂停，没有改动任何人的积分和余额。如果这个来源的单号${numberingWords[numbering]}，请把它的单号规则（numbering）设为 ${numbering}，再点“重放”；${taken[what].otherwise}`,
  SALE_VERSION_UNCLEAR: ({ orderNo, version, knownVersion }) =>
    `订单 ${orderNo} 的版本 ${version} 与之前的版本 ${knownVersion} 写法不同，无法判断先后，没有改动；请让收银系统统一版本号的写法（都用序号，或都用时间）后重发。`,
  REFUND_VERSION_UNCLEAR: ({ refundNo, version, knownVersion }) =>
    `退货单 ${refundNo} 的版本 ${version} 与之前的版本 ${knownVersion} 写法不同，无法判断先后，没有改动；请让收银系统统一版本号的写法（都用序号，或都用时间）后重发。`,
  SALE_BELOW_REFUNDS: ({ orderNo, version, paidFen, overFen }) =>
    `订单 ${orderNo} 的版本 ${version} 改为实付 ${yuanText(paidFen)}，比已退的钱少 ${yuanText(overFen)}，没有改动。请核对：更正传的是卖出的内容，不减去退货；退货单有误，就先更正退货单，再对这条点“重放”。`,
  REFUND_EXCEEDS: ({ refundNo, orderNo, refundedFen, leftFen }) =>
    `退货单 ${refundNo} 退 ${yuanText(refundedFen)}，订单 ${orderNo} 只剩 ${yuanText(leftFen)}可退，没有处理。请核对：退货单多退了，就更正后重发（版本号加一）；订单的实付少传了，就更正订单，再对这条点“重放”。`,
  REFUND_CHANGED: ({ refundNo, version, refundedFen, knownFen }) =>
    `退货单 ${refundNo} 的版本 ${version} 收到了两份不同的内容（之前退 ${yuanText(knownFen)}，这次退 ${yuanText(refundedFen)}），没有改动已处理的那份；请让收银系统把版本号加一后重发，或核对后手工调整积分。`,
  ORPHAN_REFUND_CHANGED: ({ refundNo, refundedFen, knownFen }) =>
    `无原单退货 ${refundNo} 又收到一份不同的内容（之前退 ${yuanText(knownFen)}，这次退 ${yuanText(refundedFen)}），无法判断该补扣多少；请核对后手工调整积分。`,
  REFUND_TAKEN_BEFORE: ({ refundNo, orderNo }) =>
    `退货单 ${refundNo} 之前按“无原单”处理过，现在又指向订单 ${orderNo}，不会重复扣减；请核对后手工调整积分。`,
  RECHARGE_CHANGED: ({ rechargeNo, toldFen, knownFen }) =>
    `充值单 ${rechargeNo} 之前入账${card(knownFen)}，这次是${card(toldFen)}，没有改动；请在收银系统里用新的单号更正。`,
  RECHARGE_MOVED: ({ rechargeNo }) =>
    `充值单 ${rechargeNo} 之前记在另一位会员名下，没有改动；请在收银系统里用新的单号更正。`,
  OPENING_DIFFERS: (reason) => openingDiffers(reason),
  STORED: ({ number, miss }) => `储值单 ${number} 没有入账：${storedMissWords(miss)}`,
  PACKAGE: ({ packageNo, miss }) => `套餐 ${packageNo} 没有处理：${packageMissWords(miss)}`,
  VOUCHER: ({ saleNo, miss }) => `小票 ${saleNo} 的预售券没有处理：${voucherMissWords(miss)}`,

  BILL_AMOUNT_DIFFERS: (reason) => differs(reason),
  BILL_PERSON_DIFFERS: (reason) => differs(reason),
  BILL_LOST: (reason) => differs(reason),
  BILL_END_DIFFERS: (reason) => differs(reason),
  BILL_UNKNOWN: ({ outBillNo }) =>
    `微信支付通知了一笔这里没有的转账单 ${outBillNo}；请到微信支付商户平台核对。`,

  UNREADABLE: ({ faults }) =>
    `内容有缺失或格式不对（${faults.map(({ field, says }) => `${field}：${faultWords(says)}`).join('；')}）。请让发送方改正，或补好映射后点“重放”。`,
  BODY_UNREADABLE: ({ detail }) =>
    `内容无法读取：编码或格式不对（${faultWords(detail)}）；请让发送方按约定的格式重发。`,
  FIELD_REPEATED: ({ field }) =>
    `字段 ${field} 出现了两次且值不同，无法判断以哪个为准；请让发送方改正后重发。`,
  LINE_REPEATED: ({ lineNo }) => `商品行号 ${lineNo} 重复（lines[].lineNo）：请让收银系统给每行不同的行号。`,
  IDENTITY_MISSING: ({ field }) =>
    `${field} 没有可用的会员标识：至少要有会员号、卡号、unionid、openid 或完整手机号之一。`,
  MOMENT_IMPLAUSIBLE: ({ at, receivedAt }) =>
    `发生时间（occurredAt）是 ${dayOf(at)}，比收到它的 ${dayOf(receivedAt)} ${at > receivedAt ? '晚一天以上' : '早得太多'}，不可信，没有处理；请检查收银机的时钟（或映射里的时间字段），改好后重发。`,
  CURRENCY_FOREIGN: ({ currency }) =>
    `这张单据${currency === null ? '没有写明币种' : `的币种是 ${currency}`}，积分只按人民币计算；请核对后手工调整积分。`,
  MAPPING_MISSING: () => '字段映射还没有覆盖这种数据；补好映射后点“重放”。',
  RULE_MISSING: ({ version }) =>
    `字段映射（版本 ${version}）没有一条规则适用于这种数据；需要处理的话，补好映射后点“重放”。`,
  KEY_MISSING: () => '字段映射在这条数据里没有找到编号；补好映射后点“重放”。',
  NUMBER_PART_MISSING: ({ number, numbering, part, field }) =>
    `这个来源的单号${numberingWords[numbering]}，单号 ${number} 少了${partWords[part]}（${field}），不知道是哪一张；请让收银系统补上 ${field} 后重发，或补好映射后点“重放”。`,
  ADAPTER: ({ says }) => says,

  SOURCE_GONE: ({ sourceId }) => `数据来源 ${sourceId} 没有登记；重新登记后点“重放”。`,
  SOURCE_UNUSABLE: ({ sourceId }) => `数据来源 ${sourceId} 的设置有误；改好后点“重放”。`,
  DAILY_CAP: ({ sourceId, date, max }) =>
    `数据来源 ${sourceId} 的签名较弱，${date} 已处理到每日上限 ${max} 条；请核对这条是否属实，属实就调高 effectsPerDayMax 后点“重放”。`,
  READ_BACK_NEEDED: ({ number }) =>
    `这条通知只带单号${number === null ? '' : ` ${number}`}；要向对方系统取回完整内容后才能处理。`,
  READ_BACK_FAILED: ({ detail }) =>
    `向对方系统取回完整内容失败，已停止（${detail}）；请检查来源的拉取设置，改好后点“重放”。`,
  SALE_AWAITED: ({ saleId }) => `它对应的${saleWords(saleId)}还没有到；一到就会自动处理。`,
  SALE_OVERDUE: ({ saleId, hours }) =>
    `等${saleWords(saleId)}已超过 ${hours} 小时；请让收银系统补传，补到后会自动处理。${unbilledWords(saleId)}`,
  GAVE_UP: ({ attempts }) => `处理了 ${attempts} 次都中断了，已停止重试；请把这条发给技术支持。`,
  FAILED: ({ detail }) => `处理时出错，已暂停（${detail}）；请点“重放”，仍然出错就把这条发给技术支持。`,
};

const differs = (reason: BillDifference): string =>
  `转账单 ${reason.outBillNo} 与微信支付对不上（${differenceWords(reason)}），已停止自动处理；请到微信支付商户平台核对。`;

/** The code selects the line for exactly that reason. */
export const reasonWords = (reason: Reason): string =>
  (words[reason.code] as (reason: Reason) => string)(reason);

/** All of them; the table above has one line for each and no other. */
export const reasonCodes = Object.keys(words) as ReasonCode[];
