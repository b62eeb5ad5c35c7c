/** 消息文案: what each kind of message says, in plain Chinese, written here and nowhere else. */
import { defaultTimezone } from '../../schema/index.ts';

/** The words of one message, by the names that a merchant's template fields refer to. */
export type Slots = Readonly<Record<string, string>>;

export type MessageFacts = {
  readonly payload: Readonly<Record<string, unknown>>;
  readonly shopName: string;
  readonly storeName: (storeId: string) => string;
};

export type MessageKind = {
  /** Best first; the first that can carry the message does. */
  readonly channels: readonly ('wechat-template' | 'wechat-service')[];
  readonly slots: (facts: MessageFacts) => Slots;
  readonly text: (slots: Slots) => string;
};

const yuan = (fen: number): string => `${(fen / 100).toFixed(2)}元`;

const clock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: defaultTimezone,
  dateStyle: 'short',
  timeStyle: 'short',
});

const count = (value: unknown): number => (typeof value === 'number' ? value : 0);
const words = (value: unknown): string => (typeof value === 'string' ? value : '');

function earned(payload: MessageFacts['payload']): string {
  const parts: string[] = [];
  if (count(payload['points']) > 0) parts.push(`${count(payload['points'])}积分`);
  if (count(payload['coupons']) > 0) parts.push(`${count(payload['coupons'])}张券`);
  if (count(payload['redPacketFen']) > 0) parts.push(`红包${yuan(count(payload['redPacketFen']))}`);
  return parts.join('、') || '感谢光临';
}

const runOut: MessageKind['slots'] = ({ payload, storeName }) => ({
  member: words(payload['memberName']) || '会员',
  product: words(payload['productName']),
  endsOn: words(payload['endsOn']),
  store: storeName(words(payload['storeId'])),
});

export const messageKinds: Readonly<Record<string, MessageKind>> = {
  'sale-earned': {
    channels: ['wechat-template', 'wechat-service'],
    slots: ({ payload, storeName }) => ({
      paid: yuan(count(payload['paidFen'])),
      store: storeName(words(payload['storeId'])),
      earned: earned(payload),
      at: clock.format(count(payload['at'])),
    }),
    text: ({ paid, store, earned: got, at }) => `您于${at}在${store}消费${paid}，获得${got}。`,
  },
  'run-out-member': {
    channels: ['wechat-template', 'wechat-service'],
    slots: (facts) => ({ ...runOut(facts), tip: '快用完了，记得提前备好' }),
    text: ({ product, endsOn, store }) => `您在${store}买的${product}预计${endsOn}用完，记得提前备好。`,
  },
  'run-out-associate': {
    channels: ['wechat-template', 'wechat-service'],
    slots: (facts) => ({ ...runOut(facts), tip: '请联系会员回访' }),
    text: ({ member, product, endsOn }) => `会员${member}的${product}预计${endsOn}用完，请及时回访。`,
  },
  text: {
    channels: ['wechat-service'],
    slots: ({ payload }) => ({ text: words(payload['text']) }),
    text: ({ text = '' }) => text,
  },
};
