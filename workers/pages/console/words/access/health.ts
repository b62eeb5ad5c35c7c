/** 系统的说法: what runs, what it has used, what goes wrong and what to do then. */
import type { LargeTable } from '../../../../db/upkeep/sizes.ts';
import type { Worry } from '../../health/worries.ts';

export const tableNames: Readonly<Record<LargeTable, string>> = {
  inbox: '收到的原文',
  decisions: '每条单据的处理结果',
  sales: '销售单',
  refunds: '退货单',
  members: '会员',
  identities: '会员的手机号、卡号、微信',
  coupons: '券',
  couponMoves: '券的每一步',
  ledger: '积分、储值、余额的流水',
  outbox: '发出的消息',
  contacts: '聊天和记录',
};

/** What hurts, by what it is; `stop` stops the shop, `wait` will. */
export const worryWords: Readonly<Record<Worry, { title: string; todo: string; tone: 'stop' | 'wait' }>> = {
  clock: {
    title: '定时任务停了',
    todo: '提醒、群发、到期和每晚的清理都停着。本机试用：看 npm start 的窗口还在不在；部署的店：在 Cloudflare 后台打开这个 Worker，看“触发器”里的 Cron 还在不在，不在就再 npm run deploy 一次。',
    tone: 'stop',
  },
  pending: {
    title: '有单据排队超过十分钟',
    todo: '积分和券会晚到，不会丢。刚导入过很多单据就等它做完；不是的话，看下面“今天写入”是不是用完了。',
    tone: 'stop',
  },
  rows: {
    title: '今天的写入快用完了',
    todo: '用完以后，到明天早上 8 点才能再收单据，这期间收银系统要重发。生意忙就换 Cloudflare 付费套餐：把 wrangler.toml 里的 PLAN 改成 "paid"，再 npm run deploy。',
    tone: 'stop',
  },
  size: {
    title: '数据库快满了',
    todo: '满了就一单也收不进来。免费套餐换成付费套餐，能到 10 GB；或者在“来源”里把原文保留的天数改短，过一晚会清掉。',
    tone: 'stop',
  },
  chore: {
    title: '有定时任务没做完',
    todo: '系统会自动再试。连着两天都有，请把这一页拍给装系统的人。',
    tone: 'stop',
  },
  backup: {
    title: '很久没有备份了',
    todo: '照下面的命令备份一次。没有备份，账号出了事就什么都找不回来。',
    tone: 'wait',
  },
  seed: {
    title: '还不知道 SEED 有没有另外存好',
    todo: '没有它，恢复出来的店会抽出不同的红包，已经发出去的码和链接会失效。存好了，在下面点一下。',
    tone: 'wait',
  },
};

export const healthSaid = {
  lead: '程序、数据库、定时任务、备份，一页看完。红的要马上管，黄的这几天管。',
  good: '都正常。',
  counted: '按每张表的几十行估的，索引没有算进去，所以加起来比总数小。带“+”的数到那里就不数了。',
  nothing: '还没有数据。',
  rows: '从早上 8 点到现在。程序自己数的，Cloudflare 数的会稍多一点。',
  queueFree: '队列每天 1 万次操作，一单大约 3 次。',
  queue:
    '队列用了多少，Cloudflare 不告诉程序，在 Cloudflare 后台的 Queues 里看。进了死信队列的单据，数据库一恢复就会补上，并在“今天”里提醒。',
  noClock: '还没有记到。刚启动的话，二十分钟之内会有。',
  noFailures: '这七天没有出错的。',
  noBackup: '还没有备份过。',
  where:
    '备份好的文件夹里有会员的姓名、电话和余额：拷到店以外的地方，加密保存，比如加密的移动硬盘。最少每月一次，升级以前一定要做。',
  seedKept: '存好了',
  seed: 'SEED 是安装时只显示过一次的一串字，Cloudflare 不会再给看。请和备份放在一起，不要只存在这台电脑上。本机试用的在状态文件夹的 credentials.json 里，备份会带上。',
  upgrade:
    '先备份，再升级。数据库先改、程序后换，店不用停。升级以前看一眼更新记录（文件夹里的 CHANGELOG.md），里面写着这一版改了什么。',
};

/** `{日期}` is today. */
export const healthCommands = {
  backup: `# 在回客的文件夹里。部署好的店：
npm run backup -- backups/{日期} --remote
# 本机试用的店（先停下 npm start）：
npm run backup -- backups/{日期}`,
  upgrade: `# 在回客的文件夹里，一行一行来
npm run backup -- backups/{日期} --remote
git pull
npm ci
npm run deploy`,
};
