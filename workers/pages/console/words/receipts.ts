/** 小票的说法: why a sale earned nothing, and what to do about it. */
import type { Unearned } from '../../../decide/points/why-earned.ts';

export const unearnedWords: Readonly<Record<Unearned, string>> = {
  nobody:
    '没有积分：这一单没有记会员。收银的时候没有输手机号，也没有扫会员码。要补，请收银员在收银机上给这一单补上会员再传一次；收银机做不到，就在会员页里“调整积分”。',
  history: '没有积分：这是以前的历史单据，只算消费，不算积分。',
  voided: '没有积分：这一单已经作废，得到的都收回了。',
  returned: '没有积分：这一单已经全部退货，得到的都收回了。',
  unpaid: '没有积分：这一单没有付钱，可能全用券或积分抵掉了。',
  excluded: '没有积分：这一单的商品都不计积分，比如特价、赠品，或者商品资料里设成了 0 倍。',
  small: '没有积分：计积分的金额太少，不够 1 分。',
};

export const receiptWords = {
  lead: '顾客问“这一单为什么没积分”，就在这里查。输小票上的单号；记不全，输前面几位也可以。',
  hint: '小票上的单号，比如 8005-372',
  none: '没有收到这个单号。请核对小票；刚收的单，收银机一分钟内会传来，店里断网的要等连上以后。也可能是别的门店的单。',
  many: '以这几位开头的单，输完整的单号就只看那一张',
  alike: '这个单号不止一张，新的在上面，点一张看。',
  parked: '收到了，可是还没有记上，原因在“结果”里。',
  points: '（待到账的也在内）',
  story: '收银机什么时候传来，带来了什么；最早的在上面',
} as const;
