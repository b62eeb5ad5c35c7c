/** 原因用语: each reason for which an event is parked, ignored or waiting, as the shop reads it, with its numbers and what to do. */
import { expect, test } from 'vitest';
import type { ReasonCode, ReasonOf, SaleId, StoredMoveId } from '../../schema/index.ts';
import { ofPayment } from '../../workers/decide/plain/causes.ts';
import { reasonCodes, reasonWords } from '../../workers/words/reasons.ts';

type Example<Code extends ReasonCode> = readonly [Omit<ReasonOf<Code>, 'code'>, string];

const saleId = 'pos:8005-372' as SaleId;

/** One for each code: a code that is left out does not compile. */
const examples: { readonly [Code in ReasonCode]: Example<Code> } = {
  PING: [{}, '这是一次连通测试，接口是通的。'],
  TEST: [{}, '发送方把它标为测试数据：只存档，不处理。'],
  NOT_ACTED_ON: [{ type: 'stock.moved' }, '“stock.moved”这类数据与会员营销无关：只存档，不处理。'],
  NOT_FINISHED_YET: [
    { state: 'OPEN' },
    '这笔订单还没有完成（状态 OPEN）；完成后对方会再推送，到时自动处理。',
  ],
  NOT_PAID_YET: [{ state: null }, '这笔订单还没有付款；付款后对方会再推送，到时自动处理。'],
  NOT_PAID_BACK_YET: [
    { state: 'PENDING' },
    '这笔退款还没有退到（状态 PENDING）；退到后对方会再推送，到时自动处理。',
  ],
  CALLED_OFF_UNPAID: [{ state: 'cancelled' }, '这笔订单没有付款就取消了（状态 cancelled），不需要处理。'],
  NOT_PAID_BACK: [{ state: 'FAILED' }, '这笔退款没有退成（状态 FAILED），积分不变，不需要处理。'],
  MAPPING_IGNORES: [{ note: '盘点单' }, '字段映射规定忽略这种数据（盘点单）。'],
  TOLD_IN_FULL: [
    { eventIds: ['ev_1', 'ev_2'] },
    '这条通知只带单号；已向对方系统取回完整内容，见事件 ev_1、ev_2。',
  ],
  EMPTIED: [{}, '当事人已取消关注或注销，内容已清空，不需要处理。'],
  NOTHING_NEW: [{ about: 'member' }, '没有比已有的会员资料更新的内容，没有变化。'],
  SALE_KNOWN: [
    { orderNo: '8005-372', version: '2' },
    '订单 8005-372（版本 2）之前已经处理过，商品、数量和金额都没有变，不会重复计算；改的是别的内容，请把版本号加一后重发。',
  ],
  SALE_OUTDATED: [
    { orderNo: '8005-372', version: '1', knownVersion: '2' },
    '这是订单 8005-372 的旧版本（1），之前已处理过更新的版本（2）。',
  ],
  SALE_VOID_ALREADY: [{ orderNo: '8005-372' }, '订单 8005-372 之前已经作废。'],
  REFUND_KNOWN: [{ refundNo: 'R1' }, '退货单 R1 之前已经处理过，不会重复扣减。'],
  REFUND_OUTDATED: [
    { refundNo: 'R1', version: '1', knownVersion: '2' },
    '这是退货单 R1 的旧版本（1），之前已处理过更新的版本（2）。',
  ],
  RECHARGE_KNOWN: [{ rechargeNo: 'CZ1' }, '充值单 CZ1 之前已经入账，不会重复入账。'],
  SUPER_KNOWN: [{ number: 'C1' }, '超级会员 C1 之前已经办过，不会重复办。'],
  STORED_KNOWN: [{ number: 'S1' }, '储值单 S1 之前已经记过，不会重复记。'],
  VOUCHER_KNOWN: [{ saleNo: 'Y1' }, '小票 Y1 的预售券之前已经处理过，不会重复卖或重复退。'],
  PACKAGE_KNOWN: [{ packageNo: 'TC1' }, '套餐 TC1 的这笔之前已经记过，不会重复记。'],
  MEMBER_UNKNOWN: [{}, '会员系统里没有这位会员，不需要处理。'],
  MEMBER_UNNAMED: [
    {},
    '没有能认出会员的号码：手机号不完整，或者只有登记为散客的号码、别的公众号的 openid；如果是一位会员，请填写完整的手机号。',
  ],
  MEMBERS_ONE_ALREADY: [{}, '这两个会员号本来就是同一个人。'],
  PRODUCT_UNKNOWN: [{ sku: '6901' }, '商品 6901 不在资料里，不需要下架。'],
  PRODUCT_REMOVED_ALREADY: [{ sku: '6901' }, '商品 6901 之前已经下架。'],
  REMINDER_PUT_OFF: [{}, '这条提醒已经推后，到新的日子再发。'],
  REMINDER_SETTLED: [{}, '这条提醒已经发过或取消了，不会再发。'],
  FOLLOWS_AGAIN: [{}, '这位粉丝后来又关注了，旧的取消关注不再处理。'],
  RECEIPT_EMPTY: [{}, '这份回执没有提到任何消息，不需要处理。'],
  TRANSFER_ENDED: [
    { outBillNo: 'HK1', state: 'paid' },
    '转账单 HK1 之前已经有结果（已转入微信零钱），不会重复处理。',
  ],
  PACKET_STAYS: [
    { refusal: 'BELOW_MIN' },
    '红包留在会员的账户里，没有自动提现（BELOW_MIN）；会员可以自己提现。',
  ],
  REFUSED: [{ refusal: 'PHONE_TAKEN' }, '这次操作没有被接受（PHONE_TAKEN），什么都没有改动。'],
  SALE_VERSION_UNCLEAR: [
    { orderNo: '8005-372', version: '20261122145900', knownVersion: '2' },
    '订单 8005-372 的版本 20261122145900 与之前的版本 2 写法不同，无法判断先后，没有改动；请让收银系统统一版本号的写法（都用序号，或都用时间）后重发。',
  ],
  REFUND_VERSION_UNCLEAR: [
    { refundNo: 'R1', version: '2', knownVersion: '20261122145900' },
    '退货单 R1 的版本 2 与之前的版本 20261122145900 写法不同，无法判断先后，没有改动；请让收银系统统一版本号的写法（都用序号，或都用时间）后重发。',
  ],
  NUMBER_TAKEN: [
    {
      about: 'sale',
      number: '0001',
      differs: [
        { part: 'store', known: '8005', told: '8006' },
        { part: 'day', known: '2026-11-21', told: '2026-11-22' },
      ],
      numbering: 'per-store-day',
    },
    '单号 0001 之前已有一张销售单（门店 8005、营业日 2026-11-21），这次的销售单说的是门店 8006、营业日 2026-11-22，看来是另一张，已暂停，没有改动任何人的积分和余额。如果这个来源的单号每家门店每天重新编号，请把它的单号规则（numbering）设为 per-store-day，再点“重放”；如果确实是同一张单的更正，请让收银系统带上原来的会员、用更大的版本号重发。',
  ],
  SALE_CHANGED: [
    { orderNo: '8005-372', version: '1' },
    '订单 8005-372 的版本 1 收到了两份不同的内容，无法判断以哪份为准；请让收银系统把版本号加一后重发。',
  ],
  SALE_BELOW_REFUNDS: [
    { orderNo: '8005-372', version: '2', paidFen: 4_000, overFen: 2_000 },
    '订单 8005-372 的版本 2 改为实付 40元，比已退的钱少 20元，没有改动。请核对：更正传的是卖出的内容，不减去退货；退货单有误，就先更正退货单，再对这条点“重放”。',
  ],
  REFUND_EXCEEDS: [
    { refundNo: 'R2', orderNo: '8005-372', refundedFen: 8_000, leftFen: 5_000 },
    '退货单 R2 退 80元，订单 8005-372 只剩 50元可退，没有处理。请核对：退货单多退了，就更正后重发（版本号加一）；订单的实付少传了，就更正订单，再对这条点“重放”。',
  ],
  REFUND_CHANGED: [
    { refundNo: 'R1', version: '1', refundedFen: 8_000, knownFen: 5_000 },
    '退货单 R1 的版本 1 收到了两份不同的内容（之前退 50元，这次退 80元），没有改动已处理的那份；请让收银系统把版本号加一后重发，或核对后手工调整积分。',
  ],
  ORPHAN_REFUND_CHANGED: [
    { refundNo: 'R9', refundedFen: 8_000, knownFen: 5_000 },
    '无原单退货 R9 又收到一份不同的内容（之前退 50元，这次退 80元），无法判断该补扣多少；请核对后手工调整积分。',
  ],
  REFUND_TAKEN_BEFORE: [
    { refundNo: 'R1', orderNo: '8005-372' },
    '退货单 R1 之前按“无原单”处理过，现在又指向订单 8005-372，不会重复扣减；请核对后手工调整积分。',
  ],
  RECHARGE_CHANGED: [
    { rechargeNo: 'CZ1', toldFen: [60_000, 0], knownFen: [50_000, 5_000] },
    '充值单 CZ1 之前入账本金 500元、赠送 50元，这次是本金 600元、赠送 0元，没有改动；请在收银系统里用新的单号更正。',
  ],
  STORED: [
    { number: 'S1', miss: { reason: 'INSUFFICIENT', have: 1200, need: 5000 } },
    '储值单 S1 没有入账：储值不够：可以用的有 12元，要用 50元。',
  ],
  PACKAGE: [
    { packageNo: 'TC1', miss: { reason: 'NOTHING_LEFT', item: '洗澡', have: 1, need: 3 } },
    '套餐 TC1 没有处理：“洗澡”不够：还剩 1 次，这次要用 3 次。',
  ],
  VOUCHER: [
    { saleNo: 'Y1', miss: { reason: 'AMOUNT_DIFFERS', toldFen: 900, dueFen: 1_000 } },
    '小票 Y1 的预售券没有处理：金额不对：应该是 10元，报来的是 9元。',
  ],
  RECHARGE_MOVED: [
    { rechargeNo: 'CZ1' },
    '充值单 CZ1 之前记在另一位会员名下，没有改动；请在收银系统里用新的单号更正。',
  ],
  OPENING_DIFFERS: [
    { account: 'principal', told: 50_000, known: 30_000 },
    '这位会员转入过期初储值本金 300元，这个文件写的是储值本金 500元，没有再记。确实记错了，请到会员页调整，写上原因。',
  ],
  BILL_AMOUNT_DIFFERS: [
    { outBillNo: 'HK1', amountFen: 2_000, toldFen: 20 },
    '转账单 HK1 与微信支付对不上（这里是 20元，微信支付是 0.20元），已停止自动处理；请到微信支付商户平台核对。',
  ],
  BILL_PERSON_DIFFERS: [
    { outBillNo: 'HK1' },
    '转账单 HK1 与微信支付对不上（微信支付转给了另一个人），已停止自动处理；请到微信支付商户平台核对。',
  ],
  BILL_LOST: [
    { outBillNo: 'HK1' },
    '转账单 HK1 与微信支付对不上（已经提交给微信支付，微信支付却说没有这笔转账），已停止自动处理；请到微信支付商户平台核对。',
  ],
  BILL_END_DIFFERS: [
    { outBillNo: 'HK1', isPaid: false },
    '转账单 HK1 与微信支付对不上（这里没有转成，微信支付已经转出），已停止自动处理；请到微信支付商户平台核对。',
  ],
  BILL_UNKNOWN: [{ outBillNo: 'HK1' }, '微信支付通知了一笔这里没有的转账单 HK1；请到微信支付商户平台核对。'],
  UNREADABLE: [
    {
      faults: [
        { field: 'data.lines', says: 'must be a list of at least one line' },
        { field: 'ssje', says: 'is required and not there' },
      ],
    },
    '内容有缺失或格式不对（data.lines：至少要有一行商品；ssje：必须有，没有取到）。请让发送方改正，或补好映射后点“重放”。',
  ],
  BODY_UNREADABLE: [
    { detail: '不是 XML' },
    '内容无法读取：编码或格式不对（不是 XML）；请让发送方按约定的格式重发。',
  ],
  FIELD_REPEATED: [
    { field: 'total_price' },
    '字段 total_price 出现了两次且值不同，无法判断以哪个为准；请让发送方改正后重发。',
  ],
  LINE_REPEATED: [{ lineNo: '1' }, '商品行号 1 重复（lines[].lineNo）：请让收银系统给每行不同的行号。'],
  IDENTITY_MISSING: [
    { field: 'data.member' },
    'data.member 没有可用的会员标识：至少要有会员号、卡号、unionid、openid 或完整手机号之一。',
  ],
  MOMENT_IMPLAUSIBLE: [
    { at: Date.parse('2027-11-22T14:59:00+08:00'), receivedAt: Date.parse('2026-11-22T15:00:00+08:00') },
    '发生时间（occurredAt）是 2027-11-22，比收到它的 2026-11-22 晚一天以上，不可信，没有处理；请检查收银机的时钟（或映射里的时间字段），改好后重发。',
  ],
  CURRENCY_FOREIGN: [{ currency: 'USD' }, '这张单据的币种是 USD，积分只按人民币计算；请核对后手工调整积分。'],
  MAPPING_MISSING: [{}, '字段映射还没有覆盖这种数据；补好映射后点“重放”。'],
  RULE_MISSING: [
    { version: 3 },
    '字段映射（版本 3）没有一条规则适用于这种数据；需要处理的话，补好映射后点“重放”。',
  ],
  NUMBER_PART_MISSING: [
    { number: '372', numbering: 'per-store-day', part: 'day', field: 'data.orderedOn' },
    '这个来源的单号每家门店每天重新编号，单号 372 少了原销售单的营业日（data.orderedOn），不知道是哪一张；请让收银系统补上 data.orderedOn 后重发，或补好映射后点“重放”。',
  ],
  KEY_MISSING: [{}, '字段映射在这条数据里没有找到编号；补好映射后点“重放”。'],
  ADAPTER: [{ says: '有赞这次只换货，没有退钱，积分不变。' }, '有赞这次只换货，没有退钱，积分不变。'],
  SOURCE_GONE: [{ sourceId: 'till' }, '数据来源 till 没有登记；重新登记后点“重放”。'],
  SOURCE_UNUSABLE: [{ sourceId: 'till' }, '数据来源 till 的设置有误；改好后点“重放”。'],
  DAILY_CAP: [
    { sourceId: 'shop', date: '2026-11-22', max: 3 },
    '数据来源 shop 的签名较弱，2026-11-22 已处理到每日上限 3 条；请核对这条是否属实，属实就调高 effectsPerDayMax 后点“重放”。',
  ],
  READ_BACK_NEEDED: [
    { document: 'order', number: '980012345678901234' },
    '这条通知只带单号 980012345678901234；要向对方系统取回完整内容后才能处理。',
  ],
  READ_BACK_FAILED: [
    { detail: '微盟 answered errcode 1 单据不存在' },
    '向对方系统取回完整内容失败，已停止（微盟 answered errcode 1 单据不存在）；请检查来源的拉取设置，改好后点“重放”。',
  ],
  SALE_AWAITED: [{ saleId }, '它对应的销售单 pos:8005-372 还没有到；一到就会自动处理。'],
  SALE_OVERDUE: [
    { saleId, hours: 72 },
    '等销售单 pos:8005-372 已超过 72 小时；请让收银系统补传，补到后会自动处理。',
  ],
  GAVE_UP: [{ attempts: 3 }, '处理了 3 次都中断了，已停止重试；请把这条发给技术支持。'],
  FAILED: [
    { detail: 'member m_1 was not loaded' },
    '处理时出错，已暂停（member m_1 was not loaded）；请点“重放”，仍然出错就把这条发给技术支持。',
  ],
};

test.each(reasonCodes)('%s is said in plain words', (code) => {
  const [facts, words] = examples[code];
  // The table keeps each code and its facts together.
  const reason = { code, ...facts } as ReasonOf<typeof code>;
  expect(reasonWords(reason)).toBe(words);
});

test('whoever is asked to do something reads how, and nobody reads of what is not there', () => {
  expect(reasonCodes.toSorted()).toEqual(Object.keys(examples).toSorted());
  expect(reasonWords({ code: 'NOT_ACTED_ON', type: null })).toBe('这类数据与会员营销无关：只存档，不处理。');
  expect(reasonWords({ code: 'READ_BACK_NEEDED', document: 'order', number: null })).toBe(
    '这条通知只带单号；要向对方系统取回完整内容后才能处理。',
  );
  expect(reasonWords({ code: 'CURRENCY_FOREIGN', currency: null })).toContain('没有写明币种');
  expect(reasonWords({ code: 'SALE_AWAITED', saleId: 'spent:pos:S1' as StoredMoveId })).toBe(
    '它对应的储值消费 pos:S1 还没有到；一到就会自动处理。',
  );
  const payment = ofPayment('pos', 'pi_1');
  expect(reasonWords({ code: 'SALE_OVERDUE', saleId: payment, hours: 72 })).toBe(
    '等付款号 pi_1 的销售单已超过 72 小时；请让收银系统补传，补到后会自动处理。这笔付款如果本来就没有销售单，就没有计过积分，不需要处理。',
  );
});
