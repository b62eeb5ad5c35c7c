/** 红包和提现: how far a payment has come, why it did not come through, and what to do about it. */
import type { CancelReason, TransferKind, TransferState } from '../../../../../schema/index.ts';
import type { Tone } from '../../kit/parts.tsx';

export const payoutKinds: Readonly<Record<TransferKind, string>> = {
  withdrawal: '提现',
  'red-packet': '红包',
};

export const payoutStates: Readonly<Record<TransferState, { readonly label: string; readonly tone: Tone }>> =
  {
    asked: { label: '还没到微信支付', tone: 'wait' },
    sent: { label: '微信支付处理中', tone: 'wait' },
    waiting: { label: '等会员确认', tone: 'wait' },
    cancelling: { label: '正在叫停', tone: 'wait' },
    paid: { label: '已到账', tone: 'good' },
    failed: { label: '没有成功', tone: 'stop' },
    cancelled: { label: '已叫停', tone: 'plain' },
    expired: { label: '没有确认，已退回', tone: 'plain' },
  };

export const cancelWords: Readonly<Record<CancelReason, string>> = {
  asked: '有人叫停',
  returned: '那一单退货了',
  withdrawn: '活动收回了',
  'gave-up': '发不出去，不再发了',
  unconfirmed: '会员一直没有确认',
};

/** By WeChat Pay's code. */
export const payoutRemedies: Readonly<Record<string, string>> = {
  NOT_ENOUGH: '到微信支付商户平台给运营账户充值；充好点“现在就试”，已经退回的点“再转一次”。',
  PRODUCT_AUTH_CHECK_FAIL: '到商户平台“产品中心”开通“商家转账”，开通后再转一次。',
  NO_AUTH: '到商户平台“产品中心”看“商家转账”开通了没有、接口 IP 加了没有。',
  INVALID_REQUEST: '多半是发出请求的 IP 没有加进商户平台“商家转账 → 接口 IP”，或者转账场景没有报备。',
  PARAM_ERROR: '转账场景或报备信息和商户平台登记的不一样：在“设置 · 提现”里对一遍。',
  SIGN_ERROR: '商户证书或私钥不对：请装系统的人重新填支付密钥。',
  OVERDUE_CLOSE: '会员 24 小时没有点“确认收款”，钱已退回余额。提醒她，再转一次。',
  ACCOUNT_NOT_EXIST: '请会员先开通微信支付，再转一次。',
  REAL_NAME_CHECK_FAIL: '请会员在微信里完成实名认证，再转一次。',
  ACCOUNT_FROZEN: '会员的微信支付被冻结，请她联系微信支付客服；钱在余额里，可以在店里用。',
  PAYEE_ACCOUNT_ABNORMAL: '会员的微信支付账户异常，请她联系微信支付客服；钱在余额里，可以在店里用。',
  OPENID_INVALID: '会员关注的不是这个公众号，或者商户号没有绑这个公众号：到商户平台“AppID 账号管理”看一下。',
  TRANSFER_QUOTA_EXCEED: '超过会员单笔收款额度：请她分几次提现。',
  DAY_RECEIVED_QUOTA_EXCEED: '会员今天的收款额度用完了，明天再转一次。',
  DAY_RECEIVED_COUNT_EXCEED: '会员今天收款次数用完了，明天再转一次。',
  MONTH_RECEIVED_QUOTA_EXCEED: '会员这个月的收款额度用完了，下个月再转；钱在余额里，可以在店里用。',
  TRANSFER_RISK: '微信支付认为有风险。先和会员核对，过几天再转；一直不行就联系微信支付客服。',
};

export const payoutWords = {
  lead: '从店里转到会员微信的每一笔钱：红包和提现。没有成功、叫停、没人确认的，钱都退回会员的余额，不会丢，也不会付两次。找别的日子用下面的日期，不能按金额排。',
  off: '现在没有开提现：会员的余额只能在店里用。要开，先接微信支付，再到“设置 · 提现”里打开。',
  none: '没有。换个状态或日期看看。',
  queued: '排着队，马上就发。',
  refused: '微信支付还没有收下：',
  stopping: '已经叫停，等微信支付确认。',
  waiting: '会员在微信里点“确认收款”才到账，24 小时不点就退回余额。',
  again: '钱从会员余额里重新转出，用新的单号，会员要在微信里再确认一次。额度和次数照“设置 · 提现”的规定。',
  callOff: '以后不再发出，并请微信支付撤回。没确认的退回会员余额；会员抢先确认了的，仍会到账。',
  done: '已经再转过一次：',
};
