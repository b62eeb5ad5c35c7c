/** 微信: what the account says by itself, templates of messages, the menu, and paying out. */
import type { FieldDictionary } from './define.ts';

const button = { type: 'view', name: '会员中心', url: 'https://huike.example.cn/m/' };

export const channelFields: FieldDictionary = {
  wechat: { says: 'What the Official Account answers by itself.', example: { welcome: '欢迎关注{店名}！' } },
  welcome: {
    says: 'What somebody reads who follows; {店名}, {注册链接} and the other variables are filled in.',
    example: '欢迎关注{店名}！点这里注册会员：{注册链接}',
  },
  welcomeByAssociate: {
    says: 'The same for who scanned an associate’s code.',
    example: '欢迎关注{店名}！我是您的专属导购{导购}。',
  },
  welcomeBack: {
    says: 'What a member reads who comes back.',
    example: '{会员}，欢迎回来！您现在有{积分}积分。',
  },
  alreadyBound: {
    says: 'What a member reads who has an associate and scans another’s code.',
    example: '您的专属导购是{导购}，不用重新绑定。',
  },
  bound: {
    says: 'What a member reads who was bound to an associate.',
    example: '您好，我是您的专属导购{导购}。',
  },
  keywords: {
    says: 'Answers to words, the first that matches, at most 200.',
    example: [{ match: 'contains', words: ['营业时间'], reply: '每天 9:00 到 21:00。' }],
  },
  'keywords.words': { says: 'The words; width, case and spaces do not matter.', example: ['营业时间'] },
  reply: { says: 'What is answered, at most 600 characters.', example: '每天 9:00 到 21:00。' },
  fallback: {
    says: 'What is answered when nothing else is; null stays silent.',
    example: '收到啦，稍后回复您。',
  },
  wecomWelcome: {
    says: 'The greeting in WeCom; null leaves it to WeCom’s own console.',
    example: '您好，欢迎来到{店名}！',
  },
  clicks: {
    says: 'What a menu button of type click answers, by its key.',
    example: { hours: '每天 9:00 到 21:00。' },
  },
  wechatTemplates: {
    says: 'Template messages (模板消息) by the kind of message; a kind without one goes another way.',
    example: {
      'points.earned': {
        id: 'Ab3dE5gH7jK9mN1pQ3sT5vX7zB9dF1hJ3lN5pR7tV9x',
        fields: { thing1: '{店名}', number2: '{积分}' },
      },
    },
  },
  wechatSubscriptions: {
    says: 'Subscription messages (订阅通知) by the kind of message.',
    example: {
      'coupon.issued': { id: 'Zy8xW6vU4tS2rQ0pO8nM6lK4jI2hG0fE8dC6bA4zX2w', fields: { thing1: '{券名}' } },
    },
  },
  'wechatTemplates.id': {
    says: 'The template’s id in the account.',
    example: 'Ab3dE5gH7jK9mN1pQ3sT5vX7zB9dF1hJ3lN5pR7tV9x',
  },
  fields: {
    says: 'What each field of the template holds, by the field’s name.',
    example: { thing1: '{店名}', number2: '{积分}' },
  },
  sms: { says: 'Text messages (短信).', example: { on: true, signName: '母婴小屋' } },
  'sms.on': { says: 'Whether text messages are sent.', example: true },
  signName: { says: 'The signature (短信签名) that the provider has approved.', example: '母婴小屋' },
  templates: {
    says: 'Templates of text messages by the kind of message.',
    example: { code: { id: 'SMS_285340017', params: { code: '{验证码}' } } },
  },
  'templates.id': { says: 'The template’s id with the provider.', example: 'SMS_285340017' },
  'wechatSubscriptions.id': {
    says: 'The template’s id in the account.',
    example: 'Zy8xW6vU4tS2rQ0pO8nM6lK4jI2hG0fE8dC6bA4zX2w',
  },
  params: { says: 'What each parameter of the template holds, by its name.', example: { code: '{验证码}' } },
  payout: { says: 'How money of the wallet is paid out.', example: { mode: 'transfer', maxFen: 20000 } },
  'payout.minFen': { says: 'The least of one transfer, in fen.', example: 10 },
  'payout.maxFen': { says: 'The most of one transfer, in fen.', example: 20000 },
  perMemberDayFen: { says: 'The most that one member takes out in a day, in fen.', example: 20000 },
  perDayFen: { says: 'The most that all members take out in a day, in fen.', example: 500000 },
  sceneId: { says: 'The scene (转账场景) that WeChat Pay has approved; 1000 is 现金营销.', example: '1000' },
  reports: {
    says: 'What the scene has to be told (场景报备), at most ten.',
    example: [{ infoType: '活动名称', infoContent: '会员红包' }],
  },
  infoType: { says: 'What the scene asks.', example: '活动名称' },
  infoContent: { says: 'What it is told.', example: '会员红包' },
  remark: { says: 'What the member reads on the transfer.', example: '会员账户提现' },
  perception: { says: 'What WeChat shows as the purpose; null shows its own words.', example: '现金奖励' },
  domainFiles: {
    says: 'Files that WeChat looks for at the root of the domain, by name.',
    example: { 'MP_verify_aBc123.txt': 'aBc123' },
  },
  button: { says: 'One to three buttons, each with up to five below it.', example: [button] },
  sub_button: { says: 'The buttons below it, one to five.', example: [button] },
  'button.name': {
    says: 'What the button says, at most 16 bytes (five Chinese characters).',
    example: '会员中心',
  },
  'sub_button.name': { says: 'What the button says, at most 60 bytes.', example: '我的积分' },
  'button.type': { says: 'What the button does, in WeChat’s words.' },
  'sub_button.type': { says: 'What the button does, in WeChat’s words.' },
  key: {
    says: 'What WeChat tells us of a click; `wechat.clicks` of the settings answers it.',
    example: 'hours',
  },
  'button.url': { says: 'The page that it opens, http or https.', example: 'https://huike.example.cn/m/' },
  'sub_button.url': {
    says: 'The page that it opens, http or https.',
    example: 'https://huike.example.cn/m/points',
  },
  appid: { says: 'The mini program’s app id.', example: 'wx8f2c1d5e7a9b3c04' },
  pagepath: { says: 'The page of the mini program.', example: 'pages/index/index' },
  media_id: { says: 'A material of the account.', example: 'yT5hK8nQ2wE6rU9oA3sD7fG1jL4zX0cV' },
  article_id: { says: 'A published article of the account.', example: 'pB7mN3vC9xZ1aS5dF8gH2jK6lQ4wE0rT' },
  'ReplyTrial.text': { says: 'What somebody says to the account.', example: '营业时间' },
  'ReplyTrial.openid': {
    says: 'Who says it; a stranger unless given.',
    example: 'oZ8x5uBVJ0kq3yX2m4hT1nLw9rEc',
  },
  text: { says: 'What is written, as it is shown.', example: '您好，您要的奶粉到货了。' },
  'ConversationMessageInput.text': {
    says: 'What they read, at most 600 characters.',
    example: '您好，您要的奶粉到货了。',
  },
  'ConversationMessageInput.associateId': {
    says: 'Who writes: the person’s own associate. Without it, the shop itself does.',
    example: 'g7',
  },
  'ContactInput.text': { says: 'What was talked about.', example: '电话回访，宝宝换到 3 段奶粉。' },
  'ContactInput.kind': { says: 'How they were reached.', example: 'call' },
  'GuidanceInput.text': { says: 'The advice, which only colleagues read.', example: '先问宝宝有没有过敏。' },
  upTo: { says: 'The id of the last message of theirs that was read.', example: 'in_1764000000000_42' },
  thread: { says: 'The conversation: thread of an answer of /conversations.', example: 'm_4k7q2m9x8w1z6b3f' },
  'MassInput.to': {
    says: 'Who gets it: all known followers, those with a tag, in a group or of a store, or those listed.',
    example: { tag: '奶粉客' },
  },
  all: { says: 'Every known follower.' },
  'to.group': {
    says: 'Followers whose member is in this group: id of an answer of /member-groups.',
    example: 'mg_7c9e1g3j5l8n0q2s',
  },
  openids: { says: 'These followers, 1 to 5,000.', example: ['oZ8x5uBVJ0kq3yX2m4hT1nLw9rEc'] },
  memberIds: {
    says: 'These members, 1 to 5,000, by the id of an answer of /members.',
    example: ['m_4k7q2m9x8w1z6b3f'],
  },
  'MassInput.text': {
    says: 'What they read, at most 600 characters; or mediaId.',
    example: '双十二会员日，满 188 抽红包。',
  },
  mediaId: { says: 'A draft (草稿箱) of the account; or text.', example: 'yT5hK8nQ2wE6rU9oA3sD7fG1jL4zX0cV' },
  at: { says: 'When; now unless given.', example: '2026-12-12T10:00:00+08:00' },
};
