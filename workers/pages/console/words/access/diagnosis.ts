/** 体检的说法: of everything that a diagnosis finds: which step it belongs to, what is wrong, and what to do. */

export type FindingWords = { readonly step: string; readonly what: string; readonly remedy: string };

const id = '到微信开发者平台复制，应为wx 开头，共18位，不要带空格';
const secret = '到微信开发者平台复制，应为32位，由数字和小写字母 a-f 组成，不要带空格';
const token = '到微信开发者平台复制，应为3到32位英文或数字，不要带空格';
const aesKey = '到微信开发者平台复制，应为43位英文或数字，不要带空格';

/** By code; what has none of its own is worded by the part before its last dot. */
export const wechatFindings: Readonly<Record<string, FindingWords>> = {
  'setting.appId.missing': { step: 'credentials', what: '还没有填 WECHAT_APP_ID（开发者ID）', remedy: id },
  'setting.appId.malformed': {
    step: 'credentials',
    what: 'WECHAT_APP_ID（开发者ID） 的格式不对',
    remedy: id,
  },
  'setting.appSecret.missing': {
    step: 'credentials',
    what: '还没有填 WECHAT_APP_SECRET（开发者密码）',
    remedy: secret,
  },
  'setting.appSecret.malformed': {
    step: 'credentials',
    what: 'WECHAT_APP_SECRET（开发者密码） 的格式不对',
    remedy: secret,
  },
  'setting.token.missing': { step: 'callback', what: '还没有填 WECHAT_TOKEN（令牌）', remedy: token },
  'setting.token.malformed': { step: 'callback', what: 'WECHAT_TOKEN（令牌） 的格式不对', remedy: token },
  'setting.encodingAESKey.missing': {
    step: 'callback',
    what: '还没有填 WECHAT_ENCODING_AES_KEY（消息加解密密钥）',
    remedy: aesKey,
  },
  'setting.encodingAESKey.malformed': {
    step: 'callback',
    what: 'WECHAT_ENCODING_AES_KEY（消息加解密密钥） 的格式不对',
    remedy: aesKey,
  },
  'setting.publicUrl.missing': {
    step: 'address',
    what: '还没有填公网地址：注册链接、欢迎语和提现确认都发不出去',
    remedy: '到后台「设置 · 店铺」填上会员打开页面用的网址，比如 https://huike.example.cn',
  },
  'address.insecure': {
    step: 'address',
    what: '公网地址不是 https:// 开头：微信不会打开，也不会把消息推送过来',
    remedy: '正式使用时到「设置 · 店铺」换成 https:// 开头的域名；在自己电脑上试用可以不管',
  },
  'address.workers-dev': {
    step: 'address',
    what: '公网地址是 workers.dev，在国内打不开',
    remedy: '给 Worker 绑一个已备案的域名，再到「设置 · 店铺」换成它',
  },
  'bad-app-id': {
    step: 'credentials',
    what: '微信不认识这个 AppID',
    remedy: '核对 WECHAT_APP_ID，是否填成了别的公众号或小程序的',
  },
  'bad-app-secret': {
    step: 'credentials',
    what: 'AppSecret 不对',
    remedy: '在微信开发者平台重置开发者密码，再用 npx wrangler secret put WECHAT_APP_SECRET 更新',
  },
  'app-secret-not-sent': {
    step: 'credentials',
    what: 'AppSecret 没有传给微信',
    remedy: '用 npx wrangler secret put WECHAT_APP_SECRET 填写开发者密码',
  },
  'app-secret-frozen': {
    step: 'credentials',
    what: 'AppSecret 被冻结了',
    remedy: '在微信开发者平台「开发密钥」里解冻，约10分钟后生效',
  },
  'ip-not-whitelisted': {
    step: 'relay',
    what: '调用地址不在公众号的IP白名单里',
    remedy:
      '把末尾括号里的IP加进「IP白名单」，约5分钟后生效；没有固定IP就按 docs/wechat-setup.md 搭一个中转（{ip}）',
  },
  'ip-not-whitelisted.platform': {
    step: 'relay',
    what: '调用地址不在第三方平台的IP白名单里',
    remedy: '把中转服务器的IP加进第三方平台的白名单（{ip}）',
  },
  'relay.none': {
    step: 'relay',
    what: '调用微信没有经过中转：Worker 没有固定IP，白名单填不全',
    remedy: '照下面装一个中转，把它的地址填进 WECHAT_API_BASE',
  },
  unreachable: {
    step: 'relay',
    what: '连不上微信',
    remedy: '检查 WECHAT_API_BASE 和中转服务器：地址、RELAY_KEY、证书，能否访问 api.weixin.qq.com',
  },
  wechat: { step: 'account', what: '微信返回 {errcode}', remedy: '{errmsg}' },
  'no-permission': {
    step: 'account',
    what: '公众号没有这个接口的权限',
    remedy: '确认是已认证的服务号，认证没有过期；订阅号和没有认证的号发不了模板消息',
  },
  quota: {
    step: 'sending',
    what: '今天的接口调用次数用完了',
    remedy: '明天自动恢复，或在微信开发者平台清零一次',
  },
  'quota-used-up.template': {
    step: 'sending',
    what: '今天的模板消息条数用完了',
    remedy: '明天自动恢复，积压的自动重发；天天用完，看看是不是别的系统也在用这个公众号发',
  },
  'quota-used-up.custom': {
    step: 'sending',
    what: '今天的客服消息次数用完了',
    remedy: '明天自动恢复，积压的自动重发；天天用完，看看是不是别的系统也在用这个公众号发',
  },
  'quota-low.template': {
    step: 'sending',
    what: '今天的模板消息只剩 {left} 条',
    remedy: '用完就要等明天。不急的群发请放到明天',
  },
  'quota-low.custom': {
    step: 'sending',
    what: '今天的客服消息只剩 {left} 次',
    remedy: '用完就要等明天。不急的群发请放到明天',
  },
  'no-callback-yet': {
    step: 'callback',
    what: '还没有收到过微信的消息推送',
    remedy: '在「消息与事件推送」里填好服务器地址并启用，消息加密方式选安全模式，然后给公众号发一条消息',
  },
  'callback-silent': {
    step: 'callback',
    what: '已经 {days} 天没有收到微信的消息推送',
    remedy: '给公众号发一句话试试；没有反应，到「消息与事件推送」看看是不是被停用了，重新提交并启用',
  },
  'callback-refused': { step: 'callback', what: '最近的推送被拒收', remedy: '{text}' },
  'callback-unreachable': {
    step: 'callback',
    what: '微信的机器连不到您的域名',
    remedy: '核对域名的解析；用手机流量打开公网地址看看。只有偶尔一次，可以不管',
  },
  'clock-skew': {
    step: 'callback',
    what: '最近一条微信消息的时间和服务器时间相差{seconds}秒',
    remedy: '校准服务器时间；如果是积压的旧消息，可以不处理',
  },
  'unasked.callback': {
    step: 'callback',
    what: '微信的网络检测没有做成（{why}）',
    remedy: '在「消息与事件推送」里启用以后再查；中转的配置太旧也会这样，照 relay/README.md 更新',
  },
  'domain.no-file': {
    step: 'domains',
    what: '还没有放域名验证文件',
    remedy: '到微信开发者平台下载 MP_verify_ 开头的文件，把文件名和里面的一行字填进「设置 · 域名验证」',
  },
  'template.none': {
    step: 'templates',
    what: '一个模板也没有填：客户 48 小时内没说过话，就收不到通知',
    remedy: '到「设置 · 微信通知模板」填上，先填消费通知',
  },
  'template.unknown': {
    step: 'templates',
    what: '“{kind}”的模板编号微信不认识',
    remedy: '到微信后台「我的模板」重新复制编号；删过类目的，模板也没有了，要重新挑',
  },
  'template.foreign-field': {
    step: 'templates',
    what: '“{kind}”的模板里没有这些字段：{fields}',
    remedy: '照微信后台这个模板的字段改，数字也要一样；不改，微信会退回整条（47003）',
  },
  'template.empty-field': {
    step: 'templates',
    what: '“{kind}”的模板里这些字段没有填：{fields}',
    remedy: '每个字段都要放一样内容；不填，微信会退回整条（47003）',
  },
  'unasked.templates': {
    step: 'templates',
    what: '没能从微信取到模板清单（{why}）',
    remedy: '中转的配置太旧会这样：照 relay/README.md 更新，再查一次',
  },
  'menu.none': {
    step: 'menu',
    what: '粉丝看不到菜单',
    remedy: '到「公众号菜单」排好并发布',
  },
  'last-failure': { step: 'sending', what: '最近没发成的一条：{why}（{errcode}）', remedy: '{fix}' },
};

export const otherwise = { fix: '打开那条消息，看原因和每条路为什么没有走' } as const;
