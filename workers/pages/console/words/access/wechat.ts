/** 公众号怎么接: ten steps from nothing to an account that works, each with what is done where, and how one sees that it works. */

export type StepWords = {
  readonly key: string;
  readonly title: string;
  /** What is missing without it. */
  readonly why: string;
  /** In braces stands what is this deployment’s own: `{callback}`, `{host}`. */
  readonly how: readonly string[];
  /** To be copied over, each under the name that it has there. */
  readonly copies?: readonly { readonly label: string; readonly value: string }[];
  /** Typed on the computer where the deployment is kept. */
  readonly commands?: readonly string[];
  readonly works: string;
  readonly link?: { readonly href: string; readonly label: string };
  /** Nobody but a phone can tell. */
  readonly isForPhone?: true;
};

export const wechatSteps: readonly StepWords[] = [
  {
    key: 'account',
    title: '准备一个已认证的服务号',
    why: '订阅号、没有认证的号，都没有网页授权和模板消息。',
    how: [
      '在微信公众平台（mp.weixin.qq.com）注册服务号，用营业执照的主体做微信认证，每年交一次认证费。',
      '准备一个已备案的域名。微信要求网页的域名都备案；系统跑在境外节点，备案能不能保留，请先问给您备案的服务商。',
      '登录微信开发者平台，“我的业务 → 服务号”里能看到这个号，就可以往下做。',
    ],
    works: '下面几步都正常以后，这一步也会变成正常：微信肯把模板清单给我们，说明号和权限都对。',
  },
  {
    key: 'address',
    title: '域名和公网地址',
    why: '会员打开页面、微信推送消息，都走这个地址。',
    how: [
      '在 Cloudflare 后台打开这个 Worker → 设置 → 域和路由，添加自定义域（以后台实际显示为准）。',
      '把这个域名填进“设置 · 店铺”的公网地址，https:// 开头。',
    ],
    works: '用手机流量（不连店里的 Wi-Fi）打开 {origin}/m/privacy，看得到“个人信息说明”和您的店名。',
    link: { href: '/console/settings', label: '去“设置 · 店铺”' },
  },
  {
    key: 'credentials',
    title: 'AppID 和 AppSecret',
    why: '用公众号的身份调用微信，要这两样。',
    how: [
      '微信开发者平台 → 我的业务 → 服务号 → 基础信息：复制开发者ID（AppID，wx 开头18位）。',
      '同一页启用或重置开发者密码（AppSecret，32位）。后台不会再显示第二次；重置以后旧的作废，别的系统也要一起换。',
      '在电脑上运行 npm run setup，对“接入公众号”答 y，按提示粘贴，再 npm run deploy。',
      'AppID 写在 wrangler.toml 的 [vars] 里，叫 WECHAT_APP_ID。AppSecret 是密钥，叫 WECHAT_APP_SECRET，存在 Cloudflare，谁也看不到；也可以在 Cloudflare 后台这个 Worker 的“设置 → 变量和机密”里改。',
    ],
    commands: ['npx wrangler secret put WECHAT_APP_SECRET'],
    works: '这一步显示正常。多半接着会看到 IP 白名单的提示，那是下一步。',
  },
  {
    key: 'relay',
    title: 'IP白名单和中转',
    why: '微信只接白名单里的IP发来的调用，系统自己没有固定的IP，要一台小服务器替它转一手。',
    how: [
      '找一台有固定公网IP的小服务器，照 relay/README.md 装好 relay/nginx.conf；或者用微信云托管（不能群发，也转不了微信支付）。',
      '运行 npm run setup，对“中转”答 y：它生成口令 RELAY_KEY，只显示一次，填进中转的配置；中转的地址写进 wrangler.toml 的 WECHAT_API_BASE。现在用的是：{relay}。',
      '微信开发者平台 → 基础信息 → IP白名单，填中转服务器的公网IP，一行一个，要管理员扫码，约5分钟生效。',
      '口令丢了才用：npx wrangler secret delete RELAY_KEY 删掉旧的，再运行 npm run setup 生成新的，中转那边一起换。',
      '不知道填哪个IP：先不填，点“再查一次”，提示末尾括号里就是微信看到的IP。',
    ],
    commands: ['npm run setup'],
    works: '这一步显示正常：刚刚真的调用过微信，微信接了。',
  },
  {
    key: 'callback',
    title: '消息与事件推送',
    why: '没有它，不知道谁关注、谁扫码、谁说了什么：没有欢迎语、关键词和导购码。',
    how: [
      '顺序要紧：先在这边填好令牌和密钥并部署，再去微信后台点提交，微信当场就来核对。',
      '令牌（WECHAT_TOKEN）：3到32位英文或数字，自己定。消息加解密密钥（WECHAT_ENCODING_AES_KEY）：43位英文或数字。两样都是密钥，用下面的命令填，或者在 Cloudflare 后台这个 Worker 的“设置 → 变量和机密”里填；填完 npm run deploy。',
      '微信开发者平台 → 我的业务 → 服务号 → 消息与事件推送：填下面的地址，令牌和密钥两边一样，消息加密方式选安全模式，数据格式选 XML，提交后点启用。',
      '明文模式不接收，那种消息可以被人冒充。启用以后，微信后台原来的自动回复和菜单会停用，在第8、9步重新设。',
    ],
    copies: [{ label: '服务器地址（URL）', value: '{callback}' }],
    commands: ['npx wrangler secret put WECHAT_TOKEN', 'npx wrangler secret put WECHAT_ENCODING_AES_KEY'],
    works:
      '用自己的微信关注公众号，马上收到欢迎语。后台提交时报“token验证失败”：令牌两边不一样，或者还没有部署。',
  },
  {
    key: 'domains',
    title: '网页授权域名、JS接口安全域名、业务域名',
    why: '没有它，会员在微信里打不开会员中心。',
    how: [
      '微信开发者平台里服务号的域名设置，三个都填下面这个域名：不带 https://，上一级下一级都不算。每月最多改5次。',
      '后台会让您下载一个 MP_verify_ 开头的文件。打开它，把文件名和里面的那行字填进“设置 · 域名验证”，再回后台点保存。文件一直留着。',
    ],
    copies: [{ label: '域名', value: '{host}' }],
    works: '在手机微信里打开 {origin}/m/，直接看到注册页或会员中心，没有“redirect_uri 参数错误”。',
    link: { href: '/console/settings/domain', label: '去“设置 · 域名验证”' },
    isForPhone: true,
  },
  {
    key: 'templates',
    title: '模板消息',
    why: '通知的卡片。没有模板，只能在客户和公众号说过话的48小时内发文字。',
    how: [
      '微信后台的模板消息：先选服务类目，再从模板库里挑，最多25个。要挑字段合适的，不能发营销内容。',
      '每个模板有编号，每个字段有名字（像 thing1、time4）。照下面的表一个一个填进“设置 · 微信通知模板”：左边是模板的字段，右边选放什么。',
      '先填消费通知；导购的四种也最好都填上：导购超过48小时没给公众号发过话，就只有卡片找得到他。',
    ],
    works: '收银机上用自己的会员打一单，微信里收到卡片。',
    link: { href: '/console/settings/notices', label: '去“设置 · 微信通知模板”' },
  },
  {
    key: 'menu',
    title: '菜单',
    why: '粉丝从这里进会员中心。',
    how: ['最多三个按钮，每个下面最多五个。先存草稿，再发布，手机上最多5分钟后看到。'],
    works: '重新打开公众号的对话，下面有菜单，点“会员中心”打得开。',
    link: { href: '/console/menu', label: '去“公众号菜单”' },
  },
  {
    key: 'replies',
    title: '欢迎语和自动回复',
    why: '关注、说话、点菜单时公众号怎么回答。',
    how: [
      '欢迎语有现成的，可以改；话里可以放 {店名}、{导购}、{会员}、{积分}、{门店}、{注册链接}。',
      '常问的（营业时间、地址）加成关键词。没有对上的，转给她的导购；没有导购的，用默认的话回。',
    ],
    works: '给公众号发一个关键词，马上收到回答；不发也可以在“聊天 · 试一试”里看。',
    link: { href: '/console/settings/replies', label: '去“设置 · 公众号自动回复”' },
  },
  {
    key: 'sending',
    title: '发得怎么样',
    why: '接好以后，常来看一眼。',
    how: ['没发成的消息，里面写着原因和每条路为什么没有走；修好以后可以再发一次。'],
    works: '这一步显示正常：今天的次数够用，最近七天没有停下来等人的消息。',
    link: { href: '/console/messages?state=parked', label: '看没发成的消息' },
  },
];

export const wechatWords = {
  title: '公众号',
  lead: '从头到尾十步，做到哪一步，哪一步就能用。旁边的状态是刚刚查的：真的问过微信，不发消息，也不改东西。',
  again: '再查一次',
  how: '怎么做',
  works: '怎样算成功：',
  allGood: '没有查到问题。',
  fatalFirst: '先把红的处理好：它没好，后面有些查不了。',
  noRelay: '没有中转，直接调用微信',
  made: '没有想好填什么，可以用这两个：刚刚随机做的，微信认。刷新页面会换，只有您看得到，系统没有保存。',
  madeToken: '令牌（Token）',
  madeKey: '消息加解密密钥（EncodingAESKey）',
  elsewhere: '您现在打开的是 {here}，上面的地址照公网地址写。不一样的，到“设置 · 店铺”核对。',
  caption: '要填的模板',
} as const;
