/** 填错了的说法, by what the schemas and commands say in English; tests/pages/console/faults.test.ts finds those that are missing. */
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
  'has not come yet': '这一天还没有到。',
  'says nothing of any store': '至少填一家店：多少单、收了多少。',
  'names a store twice': '有一家店写了两遍。',
  'lists more than 20,000 receipts': '单号太多了，一次最多 20,000 个。',
  'has passed already': '这个时间已经过去了。',
  'give one of {"all":true}, {"tag": …}, {"group": …}, {"storeId": …}, {"openids": […]} and {"memberIds": […]}':
    '选好发给谁；选了标签、分组或门店，下面也要填。',
  'give a text or a mediaId, one of them': '写一段话，或者选一篇图文，只要一样。',
  'is not a registered source': '这个来源不在了。',
  'a code that binds an associate must expire': '绑定导购的码不能是永久的。',
  'a colleague’s code works once, and this one was scanned already':
    '绑定码只能用一次，这一张已经扫过了：请重新生成。',
  "must be 1 to 64 letters, digits or any of !#$&'()*+,/:;=?@-._~":
    '编号是 1 到 64 个字母、数字或者短横线，请换一个。',
  'give either priceFen or payPercent': '“一件多少钱”和“打几折”填一个，不能都填。',
  'two levels have one name': '有两个等级同名，请改一个。',
  'two tiers begin with the same number of friends': '有两档的人数一样，请改一个。',
  'give either days or months': '天数和月数填一个，不能都填。',
  'has no control characters': '里面有看不见的字符，请重新输入。',
  'a tag is there twice': '有一个标签写了两遍，去掉一个。',
  'give either times or amountFen': '次数和金额填一个，不能都填。',
  'is a number such as 1000': '请填数字编号，比如 1000，微信给的。',
  'must not be below minFen': '最多不能比最少还少。',
  'give a time with its offset, for example 2026-11-22T14:59:00+08:00': '时间不对，请重新选。',
  'has to be worth whole fen: points in a step × 100 are a multiple of pointsPerYuan':
    '每次用的积分要正好抵整数分：它乘 100，要能被“多少积分抵 1 元”除尽。',
  'is not a registered source; register one for files first':
    '这个来源不在了：先到“来源”里接一个通用接口，文件就从它导入。',
  'must use the adapter generic to take files': '这个来源不收文件：请选一个通用接口的来源。',
  'is for receipts; leave it out, or send kind=sales': '只有导入销售单时才选怎么编号。',
  'is she who leaves; name somebody else, or null': '她自己要走了，不能接手：请换一位，或者交给门店。',
  'is no associate who works here; name one, or null for the shop':
    '这位导购不在职：请换一位，或者交给门店。',
  'is taken by Huike itself': '这个编号系统自己在用，换一个，比如 till-2。',
  'is the one it has already': '这就是正在用的密钥，请填对方给的新密钥。',
  'has too many values': '填得太多了，请只留对方给的几项。',
  'must be another tag': '要换成另一个标签。',
  'leave ids empty for scope "order", and name at least one for category, brand or sku':
    '按整单算就一个都不选；按品类、品牌或商品算，至少选一个。',
  'give minimum, below, or both': '“入会满多久”和“入会不到多久”至少填一个。',
  'must be more than minimum': '要比“入会满多久”长。',
  'must not be more than daysPerUnit (提醒时间不能大于单个商品消耗时间)':
    '提前的天数不能比一件能用的天数多。',
  'a coupon that ends with a super membership cannot be passed on':
    '跟着超级会员到期的券不能转送，两样只能选一样。',
  'a voucher that is sold has days of its own: give relative or fixed':
    '卖的券要有自己的有效期：填领到以后几天，或者固定的日子。',
  'is no signature scheme that we know': '没有这种验签方式，请重新选。',
  'is no address and no network such as 203.0.113.0/24':
    '地址写得不对，照这样写：203.0.113.7，一整段写 203.0.113.0/24。',
  'is not known here; leave it out': '没有这一项，请去掉。',
  'is a zone such as Asia/Shanghai': '时区不认识，请填 Asia/Shanghai 这样的名字。',
  'a timestamp header is named exactly when it is covered': '签名里带时间才填时间在哪个头里；不带就不填。',
  'one of the pieces is the secret': '拼起来的几段里要有一段是密钥，不然谁都能算出来。',
  'a digest without the secret proves nothing': '签名里没有密钥，谁都能算出来：请把密钥加进去。',
  'is made here: whoever knows the address may send': '这个来源的密钥由系统生成，不用填。',
  'is not of the form in which its console shows it': '和对方后台显示的样子不一样，请原样复制过来。',
  'is missing': '这一项要填。',
};

/** Those that name what they speak of, which `$1` repeats; the first that fits. */
export const faultShapes: readonly (readonly [RegExp, string])[] = [
  [/^no coupon template is called /, '这张券不在了，请换一张。'],
  [/^needs a condition of kind /, '这样的活动还要一个条件：请在“条件”里加上。'],
  [/^at most (\d+) people$/, '已经有 $1 个人了，不能再多：先停用不用的。'],
  [/^no .+ has this id$/, '选的这一项不在了，请重新选。'],
  [
    /^(\S+) is 1 to 40 of a-z, 0-9 and -/,
    '编号用 1 到 40 个小写字母、数字或者短横线，不能以短横线开头，比如 till-2。',
  ],
  [/^must be one of .+; GET \/source-adapters/, '没有这种接法，请重新选。'],
  [/^is shown by the sender’s console/, '密钥在对方的后台里，复制过来填在这里。'],
  [/^(.+) is in (.+); take it out of one of them$/s, '“$1”已经在标签库“$2”里，从其中一个里去掉。'],
  [
    /^a rule puts on (.+): rules may hold at once/s,
    '有标签规则会贴“$1”，几条规则可能同时成立，这里不能设成只选一个。',
  ],
  [
    /^of (.+) a member has one: rules may hold/s,
    '标签库“$1”里的只能选一个，规则不能贴它里面的标签：请换一个。',
  ],
  [/^is one text: /, '密钥不对：请照对方后台显示的原样复制。'],
  [/^is an object of (.+)$/, '要分开填这几项：$1。'],
  [/^takes (.+) and nothing else$/, '只要填这几项：$1。'],
  [
    /^\S+ needs \S+, which \S+ does not bring/,
    '这个条件和上面的“什么时候送”对不上：换一个条件，或者去掉它。',
  ],
  [
    /^campaign \S+ of the same group gives a coupon that cannot be compared/,
    '同一组里另一个活动送的券没有填成本，比不出哪个最值：给那个活动换一张填了成本的券，或者这里不选“送最值的一个”。',
  ],
  [/^is more than \d+ days ahead/, '太早了：最多提前 30 天。'],
  [
    /does not say what it costs the shop/,
    '这张券没有填成本，预算没法算，也比不出哪个最值：新建一张填了“成本”的券（折扣券填“最多减”也行），或者不设预算、不用“送最值的一个”。',
  ],
];
