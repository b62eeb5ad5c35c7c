/** 通知类事件: what WeChat reports about messages, people's data, the service desk and cards. */
import type { XmlElement } from '../xml.ts';
import { entriesOf } from './lists.ts';
import { childrenOf, countOf, lower, numberOf, text, textOrNull } from './reading.ts';
import type { WechatContent } from './types.ts';

/** Null when it is no such event, or what it is about is missing. */
export function readNotice(root: XmlElement, name: string): WechatContent | null {
  switch (name) {
    case 'templatesendjobfinish':
      return {
        kind: 'template-sent',
        msgId: text(root, 'MsgID'),
        status: templateStatus(root),
        said: text(root, 'Status'),
      };
    case 'masssendjobfinish':
      return readMass(root);
    case 'subscribe_msg_popup_event':
      return { kind: 'subscription-answers', from: 'popup', answers: answersOf(root) };
    case 'subscribe_msg_change_event':
      return { kind: 'subscription-answers', from: 'change', answers: answersOf(root) };
    case 'subscribe_msg_sent_event':
      return { kind: 'subscription-sent', results: entriesOf(root).map(resultOf) };
    case 'user_info_modified':
      return readPrivacy(root, 'profile-modified');
    case 'user_authorization_revoke':
      return readPrivacy(root, 'authorization-revoked');
    case 'user_authorization_cancellation':
      return readPrivacy(root, 'account-cancelled');
    case 'kf_create_session':
      return readSession(root, 'created');
    case 'kf_close_session':
      return readSession(root, 'closed');
    case 'kf_switch_session':
      return readSession(root, 'switched');
    default:
      return cardEvents.has(name) ? readCard(root, name) : null;
  }
}

/** `failed:user block` and `failed: system failed` are both WeChat's: spaces do not count. */
const statusOf = (root: XmlElement): string => lower(root, 'Status').replaceAll(/\s/g, '');

/** What is not known to have arrived has failed. */
function templateStatus(root: XmlElement): 'sent' | 'blocked' | 'failed' {
  const status = statusOf(root);
  if (status === 'success') return 'sent';
  return status === 'failed:userblock' ? 'blocked' : 'failed';
}

function readMass(root: XmlElement): WechatContent {
  return {
    kind: 'mass-sent',
    msgId: text(root, 'MsgID'),
    status: text(root, 'Status'),
    isSent: statusOf(root) === 'sendsuccess',
    total: countOf(root, 'TotalCount'),
    filtered: countOf(root, 'FilterCount'),
    sent: countOf(root, 'SentCount'),
    failed: countOf(root, 'ErrorCount'),
  };
}

const answersOf = (root: XmlElement) =>
  entriesOf(root).map((entry) => ({
    templateId: text(entry, 'TemplateId'),
    // Anything but a clear yes is a no.
    accepted: lower(entry, 'SubscribeStatusString') === 'accept',
  }));

const resultOf = (entry: XmlElement) => ({
  templateId: text(entry, 'TemplateId'),
  msgId: text(entry, 'MsgID'),
  errorCode: numberOf(entry, 'ErrorCode') ?? -1,
  errorStatus: text(entry, 'ErrorStatus'),
});

type PrivacyKind = 'profile-modified' | 'authorization-revoked' | 'account-cancelled';

function readPrivacy(root: XmlElement, kind: PrivacyKind): WechatContent | null {
  const subject = text(root, 'OpenID');
  if (subject === '') return null;
  const revoked = childrenOf(root, 'RevokeInfo').flatMap((info) => info.text.match(/\d+/g) ?? []);
  return { kind, subject, unionId: textOrNull(root, 'UnionID'), revoked };
}

function readSession(root: XmlElement, change: 'created' | 'closed' | 'switched'): WechatContent {
  const fromAccount = textOrNull(root, 'FromKfAccount');
  const account = textOrNull(root, 'ToKfAccount') ?? text(root, 'KfAccount');
  return { kind: 'customer-service-session', change, account, fromAccount };
}

function readCard(root: XmlElement, event: string): WechatContent {
  return {
    kind: 'card',
    event,
    cardId: text(root, 'CardId'),
    userCardCode: textOrNull(root, 'UserCardCode'),
    outerStr: textOrNull(root, 'OuterStr'),
  };
}

const cardEvents: ReadonlySet<string> = new Set([
  'card_pass_check',
  'card_not_pass_check',
  'card_sku_remind',
  'card_pay_order',
  'user_get_card',
  'user_gifting_card',
  'user_del_card',
  'user_consume_card',
  'user_pay_from_pay_cell',
  'user_view_card',
  'user_enter_session_from_card',
  'update_member_card',
  'submit_membercard_user_info',
]);
