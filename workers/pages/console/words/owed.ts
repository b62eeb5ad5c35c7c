/** 欠会员的账: its accounts and movements, each with a sentence on what the number means. */
import type { OwedAccount, OwedMove } from '../../../../schema/index.ts';

type Said = { readonly label: string; readonly means: string };

export const owedAccountWords: Readonly<Record<OwedAccount, Said>> = {
  points: {
    label: '积分',
    means: '会员手里还没花掉的积分，待到账的也在内。按“店铺”里设的“每100积分值多少”折成钱。',
  },
  principal: { label: '储值本金', means: '会员充进来、还没花掉的钱，要退是退这一部分。' },
  bonus: { label: '储值赠送', means: '充值时送的、还没花掉的钱：能抵扣，不能退成现金。' },
  wallet: { label: '余额', means: '红包、佣金等还没提现的钱。提现一申请就从这里出去，没转成再回来。' },
  prepaid: {
    label: '预付券和套餐',
    means: '已经收了钱、还没用掉的：预售券按卖价算，套餐按收的钱减去用掉的次数算。',
  },
};

/** What each movement is called where the account is this one. */
const moves: Readonly<Record<OwedMove, Said>> = {
  earned: { label: '发放', means: '消费、签到、活动等给的。' },
  'put-in': { label: '存入', means: '充值存进来的、从旧系统转入的，或者卖预售券、套餐收的钱。' },
  spent: { label: '用掉', means: '兑换、抵扣、付款、核销用掉的。' },
  back: { label: '退回', means: '用掉的又退回来的：退货退到卡上、撤销兑换、提现没转成。' },
  'taken-back': {
    label: '收回',
    means: '给错或不该给的收回来：退货收回积分、充值冲正、收回活动、作废的券。',
  },
  expired: { label: '作废', means: '过期的，和会员注销时留下的。过期在到期以后的夜里或早上入账。' },
  'paid-out': {
    label: '退款提现',
    means: '付给会员的现金：储值退款、提现、预售券和套餐退钱；储值退款作废的赠送也在这里。',
  },
  corrected: { label: '更正', means: '手工调整的，和按收银系统报的余额改过来的。' },
  moved: { label: '转移', means: '合并会员、转赠券：一个会员减、另一个加，合起来是 0。' },
};
export const owedMoveWords = (move: OwedMove): Said => moves[move];
