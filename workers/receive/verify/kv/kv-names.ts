/** 字段名: the words that Chinese senders make their field names of, for texts in which names and values run together. */

const words = new Set(
  `access account action activity address agent alipay amount api app appid appkey area auth authorize bar barcode
  base batch begin begintime bill birthday biz bizcontent body bonus brand business buyer call callback cancel card
  cash cashier category channel charset city class client clerk cmd code coding color company complete confirm
  consume content corp count country coupon create created currency custom customer customerid cut data date day
  default delivery department desc description detail details developer device dict discount district e ean email
  encrypt end endtime enterprise env environment epoi erp error event expire express ext extend extra fee field
  fields file finish flag format freight from full function gender goods gift grade group guide head id ids iid info
  input integral interface invoice ip is item items job json key keyword kdt kind lang language last level limit line
  list location lock logistics mail mall mch market member memo merchant message method mix mobile mode model money
  month msg name nick no node nonce note notice notify notification num number object offset old online open
  operation operator op order orders organization origin original out outer package page pageindex pageno pagesize
  param params parent partner password pay payment payments phone place platform poi point points pos post prepay
  price privilege process product products promotion property province push qty quantity query quick random rate
  reason receipt receive record refund region remark report req request res response result retail return role root
  rounding sale sales scene scope score secret sell seller send sequence serial service session sex shelf ship
  shipping shop shopid shopkey shopno shops shoptype sid sign signature simplify size sku sn sort source spec spu
  staff start state status stock store stored str street sub subject suite sum supplier sync sys system tag target
  task tax team tel template tenant terminal ticket tid time times timestamp title to token topic total trace track
  trade trans transaction type uid unionid unit update updated url user userid username v value ver version vip
  volume warehouse web weight wh wid word work x xml year yz zip zone`.split(/\s+/),
);

/** `order_id`, `orderId`, `order-id`; a digit in a name is a value's until the source lists the name. */
export function isKnownName(name: string): boolean {
  if (!/^[A-Za-z](?:[A-Za-z]|[_.-](?=[A-Za-z]))*$/.test(name)) return false;
  const parts = name.replaceAll(/([a-z])(?=[A-Z])/g, '$1_').split(/[_.-]/);
  return parts.every((part) => words.has(part.toLowerCase()));
}

/** Looked for inside values: names of their own, too long to stand there by chance. */
const telling = [
  'access_token accessToken action app_id app_key app_poi_code appId appKey app_secret appid appkey biz biz_content',
  'bizContent charset client_id customerId customer_id data detail developerId ePoiId event fields format',
  'login_token member_id method nonce nonce_str notify_url num_iid order order_id orderId orderNo order_no orders',
  'out_trade_no partner_id platform product_id products random request_id requestId session shop_id shopId shopIdenty',
  'shopkey sign_method sign_type simplify status store_id target_app_key timestamp token total trade_no type user_id',
  'userId version',
]
  .join(' ')
  .split(' ');

/** Glued to what stands before and after it, as it is when two pairs run together; `taobao.order.get` is a value. */
const glued = [
  ...telling.map((name) => ({ name, within: new RegExp(`[^\\s._/,:-]${name}[^\\s._/,:-]`) })),
  { name: 'v', within: /[^\s._/,:-]v\d\.\d/ },
];

/** What an interface is called, in words and dots: `zyx.mall.uploadorders` holds no pair. */
const interfaceName = /^[a-z]+(?:\.[a-z]+)+$/;

export function namesWithin(name: string, value: string): string[] {
  if (name === 'method' && interfaceName.test(value)) return [];
  return glued.filter(({ within }) => within.test(value)).map((each) => each.name);
}
