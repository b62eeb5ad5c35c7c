/** 满满一店: enough of everything that every page has its longest list, its longest name and its largest amount to show. */
import {
  EventId,
  LotteryId,
  LotteryInput,
  type AssociateId,
  type IdentityKey,
  type Lottery,
  type MemberId,
} from '../../../schema/index.ts';
import { drawOnce } from '../../../workers/commands/draws/draw.ts';
import { pushCoupon } from '../../../workers/commands/coupons/push.ts';
import { grants } from '../../../workers/commands/jobs/grants.ts';
import { insertLottery } from '../../../workers/db/draws/lotteries.ts';
import { insertAlerts } from '../../../workers/db/upkeep/alerts.ts';
import {
  campaign,
  line,
  plan,
  product,
  refund,
  sale,
  spend,
  store,
  template,
} from '../../support/builders.ts';
import { events, openAccount } from '../../support/account.ts';
import { officialOf } from '../../support/official.ts';
import { roundOf } from '../../support/round.ts';
import { useStages } from '../../support/reminding.ts';
import { memberId, openShop } from '../../support/shop.ts';
import { acted, playWechat, type Reply } from '../../support/wechat.ts';
import { queue } from '../../support/outbox.ts';
import { withSms } from '../support.ts';
import { openConsole, type Console } from './support.ts';

function lottery(createdAt: number): Lottery {
  const prize = {
    kind: 'thing',
    name: longName.slice(0, 40),
    words: longName,
    valueFen: 5_000_000,
    quota: 100_000,
  };
  const days = { firstOn: '2026-11-01', lastOn: '2026-11-30', collectFirstOn: '2026-11-20' };
  const input = { name: longName.slice(0, 60), points: 1, ...days, prizes: Array(10).fill(prize), blanks: 0 };
  const definition = LotteryInput.parse(input);
  return { id: LotteryId.parse('l_1'), definition, drawn: 0, awarded: [0], createdAt };
}

/** Sixty characters, without a place to break. */
const longName = '王'.repeat(30) + 'LongNameWithoutAnySpaceInIt12345';
export const motherOpenid = 'oMember0';
export const associateOpenid = 'oAssociate';

const goods = Array.from({ length: 30 }, (_, index) =>
  product({ sku: `SKU-${String(index)}`, name: `牧童 A2 奶粉 ${String(index)} 段 900 克` }),
);

const promotions = {
  templates: [
    template('T0', {
      name: '618 预售券',
      kind: 'presale',
      priceFen: 1_000,
      saleFrom: '2026-01-01T00:00:00+08:00',
      saleTo: '2027-01-01T00:00:00+08:00',
      valueFen: 2_000,
      furtherFromFen: 61_800,
      furtherOffFen: 6_180,
    }),
    template('T1', { name: '满100减10', valueFen: 1_000, minSpendFen: 10_000, associateQuota: 50 }),
    template('T2', { name: longName.slice(0, 40), kind: 'percent', payBps: 8_500, associateQuota: 9 }),
    ...Array.from({ length: 20 }, (_, index) =>
      template(`T${String(index + 3)}`, { name: `春节第${String(index)}波券` }),
    ),
  ],
  campaigns: [
    campaign('C1', {
      name: '满188送券',
      conditions: [spend(18_800)],
      rewards: [{ kind: 'coupon', templateId: 'T1', count: 1 }],
    }),
    campaign('C2', { name: longName.slice(0, 40), status: 'paused' }),
    ...Array.from({ length: 20 }, (_, index) =>
      campaign(`C${String(index + 3)}`, { name: `会员日第${String(index)}场`, status: 'draft' }),
    ),
  ],
  plans: [plan('P1', { name: '奶粉快喝完了', notify: ['associate', 'member'] })],
  products: goods,
  stores: ['8005', '8006', '8007'].map((id) => store({ id })),
};

const said = { type: 'text', content: longName };
const words = [{ type: 'text', match_mode: 'contain', content: longName.slice(0, 40) }];
/** What the account has, and what it answers to a wish for a code. */
const atWechat: Readonly<Record<string, Reply>> = {
  '/cgi-bin/qrcode/create': { ticket: 'gQ', url: 'http://weixin.qq.com/q/1' },
  '/cgi-bin/draft/batchget': {
    item: [{ media_id: 'd1', content: { news_item: [{ title: longName }] }, update_time: 1 }],
  },
  '/cgi-bin/get_current_selfmenu_info': {
    is_menu_open: 1,
    selfmenu_info: {
      button: [
        { type: 'text', name: '营业时间', value: longName },
        { type: 'news', name: '往期', value: 'm1' },
      ],
    },
  },
  '/cgi-bin/get_current_autoreply_info': {
    add_friend_autoreply_info: said,
    message_default_autoreply_info: said,
    keyword_autoreply_info: {
      list: [{ rule_name: '地址', keyword_list_info: words, reply_list_info: [said] }],
    },
  },
};

export async function openFullShop(): Promise<Console> {
  const shop = await openShop({
    ...promotions,
    settings: { ...withSms, publicUrl: 'https://shop.example', memberFile: { idNumber: true }, useStages },
    associates: [],
  });
  const wechat = playWechat(({ path }) => atWechat[path]);
  const opened = await openConsole({ shop, official: officialOf(shop, wechat) });
  const { send } = opened;
  for (let index = 0; index < 12; index += 1)
    await send('/console/associates/new', {
      id: `g${String(index)}`,
      name: `导购${String(index)}`,
      storeId: '8005',
    });
  shop.db.all(`UPDATE associates SET openid = ? WHERE id = 'g7'`, associateOpenid);
  await sell(opened);
  await draw(opened);
  await talk(opened);
  queueMessages(opened);
  await send('/console/tag-examples', {});
  await send('/console/tag-rules/new', { tag: '常客', times: '2', enabled: 'yes' });
  await send('/console/member-groups/new', { name: '妈妈班一期', enabled: 'yes' });
  await send('/console/batches/new', {
    kind: 'link',
    name: '开业传单',
    templateId: 'T1',
    perMember: '1',
    'placements~count': '2',
    'placements[0].name': '小区传单',
    'placements[1].name': longName.slice(0, 40),
    'placements[1].storeId': '8005',
  });
  await send('/console/batches/new', {
    kind: 'codes',
    name: longName.slice(0, 40),
    templateId: 'T2',
    count: '500',
  });
  shop.db.all(`UPDATE coupon_batches SET id = 'B1' WHERE seq = 1`);
  await shop.db.batch([
    insertAlerts([
      {
        id: 'silent:till',
        kind: 'source.silent',
        sourceId: 'till',
        at: shop.clock.now - 3_600_000,
        text: '收银系统已经 2 小时没有发来销售。请看收银机的网络。',
      },
    ]),
  ]);
  for (const [name, role] of [
    ['小王', 'manager'],
    [longName.slice(0, 40), 'cashier'],
    ['实施小李', 'integrator'],
  ] as const)
    await send('/console/people/new', { name, role, storeIds: '8005' });
  await send('/console/tokens/new', { name: '收银机', scopes: 'pos' });
  await packs(opened);
  await grantToMany(opened);
  await useSome(opened);
  await push(shop);
  await announce(opened);
  await fileOne(opened);
  await reckon(opened);
  return opened;
}

/** 对账 with a store that lists what we lack, and payments of every state and of the longest reasons. */
async function reckon({ shop, send }: Console): Promise<void> {
  await send('/console/reconciliation/till/enter', {
    dayOn: '2026-11-22',
    'stores~count': '1',
    'stores[0].id': '8005',
    'stores[0].orders': '99999',
    'stores[0].paidFen': '99999999.99',
    'stores[0].orderNos': Array.from({ length: 60 }, (_, place) => `8005-${String(place + 30)}`).join('\n'),
    pasted: '8006,20,6000\n8007,0,0',
  });
  const states = ['asked', 'sent', 'waiting', 'cancelling', 'paid', 'failed', 'cancelled', 'expired'];
  shop.db.all(
    `INSERT INTO transfers (out_bill_no, member_id, kind, amount_fen, terms, state, fail_reason, recalls, day_on, asked_at, ended_at, rev, due_at, attempts, last_error)
     SELECT printf('HK%028d', m.rowid), m.id, iif(m.rowid % 2, 'withdrawal', 'red-packet'), 19999, '{}', j.value, iif(j.value = 'failed', 'OPENID_INVALID', NULL),
       '[]', '2026-11-22', ?1, iif(j.key > 3, ?1, NULL), 0, 9e15, 3, iif(j.value = 'asked', 'INVALID_REQUEST 此IP地址不允许调用该接口', NULL)
     FROM members AS m JOIN json_each(?2) AS j ON j.key = m.rowid % 8 ORDER BY m.rowid LIMIT 60`,
    shop.clock.now,
    JSON.stringify(states),
  );
}

/** Two children, and everything that a file holds, of a member who writes. */
async function fileOne({ shop, send }: Console): Promise<void> {
  for (const key of [
    `openid:${motherOpenid}`,
    shop.db.all(
      `SELECT key FROM identities WHERE member_id = (SELECT id FROM members WHERE spent_fen > 1000000)`,
    )[0]?.['key'],
  ]) {
    const own = `/console/members/${String(memberId(shop.db, String(key) as IdentityKey))}`;
    await send(`${own}/children`, {
      'children~count': '2',
      'children[0].bornOn': '2024-02-29',
      'children[1].bornOn': '2026-09-01',
    });
    await send(`${own}/profile`, {
      // Who writes keeps the name by which her conversation is found.
      name: '会员0',
      birthdayOn: '1990-05-20',
      sex: 'female',
      address: longName.repeat(2).slice(0, 120),
      postcode: '510620',
      occupation: '教师',
      income: '10000-20000',
      education: 'bachelor',
      remark: longName.repeat(3).slice(0, 200),
    });
    await send(`${own}/id-number`, { idNumber: '11010519491231002X', consent: 'yes' });
  }
}

/** Eighty members; one of them buys more than anybody, one keeps coming back. */
async function sell({ shop }: Console): Promise<void> {
  const sales = Array.from({ length: 80 }, (_, index) =>
    sale({
      orderNo: `8005-${String(index)}`,
      at: '2026-11-22 10:00',
      associate: { id: 'g7', name: '林小雨' },
      member: {
        externalId: `M${String(index)}`,
        phone: `139123${String(45_000 + index)}`,
        name: index === 1 ? longName : `会员${String(index)}`,
        ...(index === 0 && { openid: motherOpenid }),
      },
      lines: [line({ sku: 'SKU-1', amountFen: index === 1 ? 9_999_999_999 : 20_000, quantity: '2' })],
    }),
  );
  for (const one of sales) await shop.tell(one);
  for (let index = 0; index < 40; index += 1)
    await shop.tell(
      sale({
        orderNo: `again-${String(index)}`,
        at: '2026-11-22 11:00',
        member: { externalId: 'M0' },
        lines: [line({ amountFen: 30_000, sku: 'SKU-2' })],
      }),
    );
  // One that is understood and waits, and one that nobody can understand.
  await shop.tell(refund({ orderNo: 'never-sold', refundNo: 'R9' }));
  await shop.tell(
    refund({ orderNo: '8005-3', refundNo: 'R1', lines: [line({ lineNo: '9', sku: 'nothing' })] }),
  );
}

/** 积分抽奖: the mother wins the thing with the longest name. */
async function draw({ shop }: Console): Promise<void> {
  const { engine, clock, db } = shop;
  const drawn = lottery(clock.now);
  await db.batch(insertLottery(drawn));
  const wish = { id: EventId.parse('ev_draw'), lotteryId: drawn.id, points: null, storeId: null, by: null };
  await drawOnce(engine, { ...wish, memberId: memberId(db, 'ext:pos:M0') as MemberId }, clock.now);
}

/** Four followers of whom one is a member write to the account. */
async function talk({ shop }: Console): Promise<void> {
  const account = openAccount(shop);
  for (const [index, openid] of [motherOpenid, 'oFan1', 'oFan2', 'oFan3'].entries()) {
    await account.push(openid, events.follow());
    for (let said = 0; said < 10; said += 1)
      await account.push(
        openid,
        events.say(`请问今天有货吗？${'一段很长的话，'.repeat(said)}`, `${String(index)}${String(said)}`),
      );
    acted(shop, openid);
  }
  await account.settled();
  await shop.work();
}

function queueMessages({ shop }: Console): void {
  const memberId = String(shop.db.all(`SELECT id FROM members ORDER BY rowid LIMIT 1`)[0]?.['id']);
  for (let index = 0; index < 60; index += 1)
    queue(shop, { kind: 'text', payload: { text: '您好' }, memberId });
  shop.db.all(
    `UPDATE outbox SET state = 'parked', attempts = 5, channel = 'wechat-service', last_error = '45015 超过 48 小时没有互动',
      passed_over = '[{"channel":"wechat-template","why":"没有为这种消息设置模板"},{"channel":"sms","why":"没有可用的手机号"}]', ended_at = created_at
     WHERE seq % 3 = 0`,
  );
}

/** 套餐: with as many items as fit, sold twice to whoever buys most and to the mother. */
async function packs({ shop, send }: Console): Promise<void> {
  const item = (place: number, name: string): Readonly<Record<string, string>> => ({
    [`items[${String(place)}].name`]: name,
    [`items[${String(place)}].count`]: '10000',
    [`items[${String(place)}].unitPriceFen`]: '98',
  });
  await send('/console/packages/new', {
    name: longName.slice(0, 40),
    'items~count': '2',
    ...item(0, longName.slice(0, 40)),
    ...item(1, '洗澡'),
    priceFen: '98000',
    enabled: 'yes',
  });
  shop.db.all(`UPDATE package_templates SET id = 'PT1'`);
  const sold = [0, 1].flatMap((who) =>
    ['2026-11-21', '2027-11-21'].map((validUntil, place) => ({
      type: 'package.sold',
      id: `pack-${String(who)}-${String(place)}`,
      occurredAt: '2026-11-20T10:00:00+08:00',
      data: {
        packageNo: `TC-${String(who)}-${String(place)}`,
        store: { id: '8005' },
        member: { externalId: `M${String(who)}` },
        package: {
          id: 'PT1',
          name: longName.slice(0, 40),
          items: [
            { id: '洗澡', count: 10_000, unitPriceFen: 9_800 },
            { id: longName.slice(0, 40), count: 2, unitPriceFen: 0 },
          ],
        },
        paidFen: 9_800_000,
        validUntil,
      },
    })),
  );
  for (const one of sold) await shop.tell(one);
}

/** 给一群会员发券: some get theirs; the rest waits for its turn. */
async function grantToMany({ send, shop }: Console): Promise<void> {
  const { location } = await send('/console/grant-jobs/new', {
    'to.by': 'store',
    'to.storeId': '8005',
    templateId: 'T2',
    count: '1',
    reason: longName.slice(0, 40),
  });
  await send(`${location ?? ''}/start`, {});
  await grants.run(roundOf(shop), shop.clock.now);
}

/** 群发: one for tomorrow, and one that waits for its turn. */
async function announce({ send }: Console): Promise<void> {
  const text = { 'to.~shape': 'all', sure: 'yes' };
  await send('/console/mass-messages/new', {
    ...text,
    text: '明天会员日，满188抽红包',
    at: '2026-11-25T10:00',
  });
  await send('/console/mass-messages/new', { ...text, text: `${longName}\n`.repeat(5) });
}

/** Sixty are used on receipts of three stores. */
async function useSome({ shop }: Console): Promise<void> {
  const codes = shop.db.all(
    `SELECT c.id, i.key FROM coupons AS c JOIN identities AS i ON i.member_id = c.member_id AND i.key LIKE 'ext:pos:%'
     WHERE c.template_id IN ('T1', 'T2') GROUP BY c.member_id ORDER BY c.member_id = (SELECT id FROM members WHERE spent_fen > 1000000) DESC, c.id LIMIT 60`,
  );
  const used = codes.map(({ id, key }, index) =>
    sale({
      orderNo: `used-${String(index)}`,
      at: `2026-11-22 ${String(12 + (index % 3))}:${String(10 + (index % 40))}`,
      store: ['8005', '8006', '8007'][index % 3] ?? '',
      member: { externalId: String(key).replace('ext:pos:', '') },
      couponCodes: [String(id)],
      lines: [line({ amountFen: 30_000 })],
    }),
  );
  for (const one of used) await shop.tell(one);
}

/** Everybody is her member, and eight of them were offered a coupon. */
async function push({ db, engine, clock }: Console['shop']): Promise<void> {
  db.all(`UPDATE members SET associate_id = 'g7'`);
  const memberIds = db
    .all(
      `SELECT id FROM members ORDER BY id = (SELECT member_id FROM identities WHERE key = ?) DESC, id LIMIT 8`,
      `openid:${motherOpenid}`,
    )
    .map(({ id }) => String(id));
  for (const templateId of ['T1', 'T2']) {
    const associate = { id: 'g7' as AssociateId, name: '林小雨' };
    const asked = { id: `push${templateId}`, associate, templateId, memberIds };
    await pushCoupon(engine, { ...asked, mode: 'entrance' }, clock.now);
  }
}
