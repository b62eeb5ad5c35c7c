/** 刚刚办好的事: what a page says after a form was sent. A code that is not here says nothing. */

export const saidWords: Readonly<Record<string, string>> = {
  saved: '已保存。',
  created: '已新建。',
  called_off: '已作废，没领的马上就领不到了。',
  ended: '已退出那台设备。',
  bound: '已绑定微信，下次扫码就能登录。',
  revoked: '已停用，用它的程序马上就连不上了。',
  left: '已停用，对方马上就不能登录了。',
  replayed: '已经重新处理，结果在下面。',
  already_pending: '这一条正在处理，稍后刷新就能看到结果。',
  body_gone: '原文按保留期限清空了，不能重新处理；请收银系统重发。',
  retried: '已经重新排队发送。',
  forgotten: '已注销，资料已经删掉。',
  merged: '已合并。并错了，一天之内可以在下面拆开。',
  split: '已拆开，两位各是各的了。',
  taking: '已经开始收回，进度在下面。',
  published: '已发布，手机上最多五分钟就变。',
  withdrawn: '已撤下，草稿还在。',
  sent: '已经写给会员，正在发送。',
};
