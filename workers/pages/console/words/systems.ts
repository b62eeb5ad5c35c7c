/** 怎么接的说法: of each system that may send, what its owner does there, what the secret is called, and what else is asked. */

export type SystemWords = {
  /** In order. 推送地址 is shown above them. */
  readonly steps: readonly string[];
  /** Of a secret that the system shows: what it is called there; of several values, each by its name. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Asked for besides, by the name that `access/systems.ts` uses. */
  readonly asks?: Readonly<Record<string, { readonly label: string; readonly help: string }>>;
  /** It sends nothing by itself, and needs no address. */
  readonly isFetched?: true;
};

const foreign = (where: string, what: string): readonly string[] => [
  `在 ${where} 里新建 webhook，地址填上面的推送地址。`,
  `订阅这几种：${what}。`,
  '只认人民币的订单；别的币种会停下来等人看。',
];

export const systemWords: Readonly<Record<string, SystemWords>> = {
  youzan: {
    steps: [
      '在有赞云控制台的应用里打开“消息推送”（有赞的付费服务），地址填上面的推送地址。',
      '订阅三种消息：交易（trade_TradePaid）、退款（youzan_trade_RefundSuccess）、客户（SCRM_CUSTOMER_EVENT）。',
    ],
    secrets: { client_id: '应用的 client_id', client_secret: '应用的 client_secret' },
  },
  pospal: {
    isFetched: true,
    steps: [
      '银豹不会主动推送，由回客每十分钟去取一次，不用在银豹那边填地址。',
      '打开银豹的开放平台页面，抄下接口地址、appId 和 appKey，填在登记的表里。',
    ],
    secrets: { secret: 'appKey' },
    asks: {
      host: { label: '接口地址', help: '开放平台页面上的，比如 https://area8-win.pospal.cn:443' },
      appId: { label: 'appId', help: '一长串字母和数字。' },
    },
  },
  feidu: {
    steps: [
      '请飞度把“零售”“零售退货”“充值”推送到上面的推送地址。',
      '这个地址本身就是密钥，只给飞度，不要发到群里。',
    ],
  },
  weimob: {
    steps: [
      '在微盟云的应用里填上面的推送地址，订阅订单、退款和会员消息。',
      '微盟只推编号，内容由回客过一两分钟去取。',
    ],
    secrets: { clientId: '应用的 clientId', clientSecret: '应用的 clientSecret' },
    asks: { shopId: { label: '店铺编号', help: '微盟后台里的，比如 4000000000。' } },
  },
  jst: {
    steps: ['在聚水潭开放平台里把推送地址填成上面的地址，打开“售后确认”等消息。'],
    secrets: { secret: '聚水潭给的密钥（appSecret）' },
  },
  qimen: {
    steps: [
      '在奇门控制台把小票同步（receipt.synchronize）的地址填成上面的推送地址。',
      '收银机常常在一天结束时才一起发，当天看不到不要急。',
    ],
    secrets: { secret: 'app secret' },
    asks: { storeId: { label: '门店编码', help: '小票里没有写门店的，都算这家，比如 8005。' } },
  },
  eleme: {
    steps: ['在饿了么开放平台的应用里，把消息推送地址填成上面的地址。它会先来探一下，回客会自动回答。'],
    secrets: { secret: '应用的 secret' },
  },
  meituan: {
    steps: [
      '在美团开放平台的应用里，把订单推送和退款推送的地址填成上面的地址，一个字都不能差：签名里算了它。',
      '它会先来探一下，回客会自动回答。',
    ],
    secrets: { secret: '应用的 secret（signKey）' },
  },
  keruyun: {
    steps: ['请客如云的服务人员把推送地址设成上面的地址。'],
    secrets: { secret: '门店的 token' },
  },
  yonyou: {
    steps: [
      '在 YonBIP 的应用里填上面的推送地址。',
      '它的消息只说单据有变化，不带内容：会停在“要您看”里，内容要用导入或程序补。',
    ],
    secrets: { token: 'token', encodingAesKey: 'EncodingAESKey（43 位）', suiteKey: 'suiteKey' },
  },
  shopify: {
    steps: foreign(
      'Shopify 后台',
      'orders/paid、orders/updated、orders/cancelled、refunds/create、customers/update',
    ),
    secrets: { secret: '应用的 API secret key' },
  },
  square: {
    steps: foreign('Square 开发者后台', 'order.updated、refund.updated、customer.*'),
    secrets: { secret: '订阅的 signature key' },
  },
  woocommerce: {
    steps: foreign('WooCommerce 设置的“高级”', '订单和客户的新建、更新'),
  },
  stripe: {
    steps: foreign(
      'Stripe 后台',
      'invoice.paid、invoice_payment.paid、charge.refunded、refund.failed、customer.*',
    ),
    secrets: { secret: '这个地址的签名密钥，以 whsec_ 开头' },
  },
  loyverse: {
    steps: foreign('Loyverse 的应用', 'receipts.update、customers.update'),
    secrets: { secret: 'OAuth 的 client secret' },
  },
  generic: {
    steps: [
      '把上面的推送地址和密钥交给写程序的人，让程序把每笔销售和退货发过来。',
      '格式和签名的写法在“接口文档”里，说明里有可以直接用的例子。',
    ],
  },
  hmac: {
    steps: [
      '把上面的推送地址和密钥交给写程序的人。',
      '请求头 x-sign 放 MD5：正文后面接上密钥，一起算。正文的格式在“接口文档”里。',
    ],
  },
  mapping: {
    steps: [
      '把推送地址整个填到收银机要“推送地址”“回调地址”的地方。服务商帮忙的话，把地址发给他：有了它就能发，不要发到群里。',
      '请收银机发一张测试单：打一单一两块钱的就行。',
      '打开这个来源，下面能看到它发来的，停在“要您看”里。点“改映射”，一栏一栏挑，看读得对不对，再保存。',
      '点“重新处理停着的”，这些单据就算好了，一笔都不会丢。',
      '收银机会签名的（有 sign 之类的一栏，或者服务商给了密钥），再点“试签名”：找到它的写法，换上，比只靠地址稳。',
    ],
  },
};

export const connectWords = {
  other: '别的收银机',
  otherNote: '不用写程序：能把单据发到一个网址的收银机都行',
  programs: '自己写程序',
  programsNote: '给写程序的人',
  docs: '接口文档',
  title: '怎么接',
  address: '推送地址',
  addressHelp: '填到对方后台要“推送地址”“回调地址”或 webhook 的地方。',
  addressHidden: '地址里的 **** 是密钥，只在登记或换密钥时显示一次。忘了就换一个。',
  tryTitle: '试一笔',
  trySteps: [
    '用自己的会员在收银机上打一单，一两块钱就行，打完再退掉。',
    '回到这一页刷新：几秒钟内下面应该出现这一单。会员页也能看到它带来的积分。',
    '没有出现：先看收银机那边有没有报错，再对一遍推送地址和密钥。',
  ],
};
