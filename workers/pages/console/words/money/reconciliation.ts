/** 对账: what the page says of a day, of a receipt that is missing, and of one that is too many. */
import type { FormWords } from '../../form/words.ts';

export const reconciliationWords = {
  lead: '收银系统说一天卖了多少，和这里收到的比。不一样的日子，点进去看少了哪一单、怎么补。会自己报的系统（银豹、用程序接的）每天自动比；不会报的，照日结小票填一天的合计。不一样的，七天内每天早上自动再比一次。',
  empty: '还没有对过账。照收银机的日结小票，填一天的合计试试。',
  noSource: '还没有接收银机。接上以后再来对账。',
  dayLead:
    '作废的单两边都不算，金额是退货以前收的。没有报的门店不参与比较。补上以后点“再比一次”；七天以后才补来的不算这一天的。',
  hint: '收银系统没有给单号，只能看到差多少。点“改这一天的合计”，把收银系统这一天的单号粘进去，就能指出是哪一单。',
  guess: '按断号猜的：前后的号都收到了，独独少了这些。',
  notHere: '没有收到过',
  sendAgain: '在收银系统里找到这张小票，点“重发”或“补传”；不能重发的，用“导入”补这一天的销售表格。',
  late: '后来收到了',
  compare: '点上面的“再比一次”。',
  voided: '收到过，这里已经作废',
  voidedDo: '收银系统说没有作废的，请它把这一单重新发一次。',
  elsewhere: '收到了，记在别的日子或门店：',
  elsewhereDo: '钱和积分都算了，不用补。想两边一样，请收银系统核对营业日期和门店编号。',
  parked: '收到了，停着没有算：',
  parkedDo: '打开这一条，照原因改好，再点“重新处理”。',
  surplus: '收银系统的清单里没有。多半在那边作废了，没有告诉回客。',
  surplusDo: '在收银系统里查这张小票：真作废了，让它重发一次作废；没作废，是它的清单漏了。',
  amounts: '单数一样，金额不一样：多半是有一单改过价、改过付款，改的那一次没有发来。',
  refunds: '退货也不一样。这里收到的退货单号：',
  ours: '这里收到的单号',
};

export const dayTotalsWords: FormWords = {
  dayOn: { label: '哪一天', help: '营业日，日结小票上的那天。' },
  stores: {
    label: '每家店的合计',
    help: '没有卖的店填 0 单 0 元；整行空着的不参与比较。',
    one: '门店',
  },
  'stores.id': { label: '门店' },
  'stores.orders': { label: '多少单', help: '作废的不算。', unit: '单' },
  'stores.paidFen': { label: '收了多少', help: '退货以前的。' },
  'stores.orderNos': {
    label: '单号',
    help: '从收银系统里整列复制过来，一行一个：填了就能指出少了哪一单、多了哪一单。不填只比合计。',
  },
  'stores.refunds': { label: '退货多少单', unit: '单', isRare: true },
  'stores.refundedFen': { label: '退了多少', isRare: true },
  pasted: {
    label: '或者从表格粘贴',
    help: '门店多的用这个，代替上面一行一行填。每行：门店编号或名称、单数、金额，从 Excel 整块复制，或者用逗号隔开，比如：天河店,12,1860.00',
  },
};
