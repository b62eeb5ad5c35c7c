/**
 * 企业微信事件: what WeCom pushes about an employee's customers.
 *
 * Source: developer.work.weixin.qq.com/document/path/96361.
 */
import { dedupeKeyOf } from '../messages/dedupe.ts';
import { lower, momentOf, text, textOrNull, verbatim } from '../messages/reading.ts';
import type { XmlElement } from '../xml.ts';

export type WecomEvent = {
  readonly corpId: string;
  /** Milliseconds; 0 when WeCom sent none. */
  readonly createdAt: number;
  /** Null in events of the corporation, such as those about customers. */
  readonly agentId: string | null;
  /** As in WechatMessage. */
  readonly dedupeKey: string;
} & Content;

type Content = Contact | Message | { readonly kind: 'unknown'; readonly name: string };

type Contact =
  /** `half`: added by the person's own code scan, before the employee agreed. */
  | {
      readonly kind: 'contact-added';
      readonly half: boolean;
      readonly userId: string;
      readonly externalUserId: string;
      /** As `addContactWay` was given it; compare with what was stored, for numbers have come back changed. */
      readonly state: string | null;
      /** For `sendWelcome`, within 20 seconds; null when the console greets by itself or a chat has begun. */
      readonly welcomeCode: string | null;
    }
  /** Any other event that brings a code, such as the consent to 会话存档 (msg_audit_approved, path/92005), when none was used before. */
  | {
      readonly kind: 'welcome-allowed';
      readonly change: string;
      readonly userId: string;
      readonly externalUserId: string;
      readonly state: string | null;
      readonly welcomeCode: string;
    }
  | {
      readonly kind: 'contact-edited';
      readonly userId: string;
      readonly externalUserId: string;
      readonly state: string | null;
    }
  /** Who ended it: the employee, or the person. */
  | {
      readonly kind: 'contact-removed';
      readonly by: 'employee' | 'customer';
      readonly userId: string;
      readonly externalUserId: string;
    }
  | {
      readonly kind: 'transfer-failed';
      readonly reason: string;
      readonly userId: string;
      readonly externalUserId: string;
    };

/** From an employee to a self-built app. */
type Message =
  | { readonly kind: 'text'; readonly userId: string; readonly msgId: string; readonly content: string }
  /** A picture, a voice and the like. */
  | { readonly kind: 'media'; readonly userId: string; readonly type: string }
  | { readonly kind: 'click'; readonly userId: string; readonly key: string };

/** Never fails: what it does not know is `unknown`. `root` is the opened message, not its envelope. */
export function readWecomEvent(root: XmlElement): WecomEvent {
  return {
    corpId: text(root, 'ToUserName'),
    createdAt: momentOf(root, 'CreateTime'),
    agentId: textOrNull(root, 'AgentID'),
    dedupeKey: dedupeKeyOf(root),
    ...contentOf(root),
  };
}

const mediaTypes: ReadonlySet<string> = new Set(['image', 'voice', 'video', 'location', 'link']);

function contentOf(root: XmlElement): Content {
  const [type, event] = [lower(root, 'MsgType'), lower(root, 'Event')];
  const userId = text(root, 'FromUserName');
  if (type === 'text') {
    return { kind: 'text', userId, msgId: text(root, 'MsgId'), content: verbatim(root, 'Content') };
  }
  if (mediaTypes.has(type)) return { kind: 'media', userId, type };
  if (event === 'click') return { kind: 'click', userId, key: text(root, 'EventKey') };
  const name = event === 'change_external_contact' ? lower(root, 'ChangeType') : event || type;
  const contact = event === 'change_external_contact' ? contactOf(root, name) : null;
  return contact ?? { kind: 'unknown', name };
}

/** Null when the change is not known, or does not say who and whose. */
function contactOf(root: XmlElement, change: string): Contact | null {
  const both = { userId: text(root, 'UserID'), externalUserId: text(root, 'ExternalUserID') };
  if (both.userId === '' || both.externalUserId === '') return null;
  const state = textOrNull(root, 'State');
  const welcomeCode = textOrNull(root, 'WelcomeCode');
  if (change === 'add_external_contact' || change === 'add_half_external_contact') {
    return {
      kind: 'contact-added',
      half: change === 'add_half_external_contact',
      ...both,
      state,
      welcomeCode,
    };
  }
  // A code is a greeting that may be said, whatever it came with.
  if (welcomeCode !== null) return { kind: 'welcome-allowed', change, ...both, state, welcomeCode };
  switch (change) {
    case 'edit_external_contact':
      return { kind: 'contact-edited', ...both, state };
    case 'del_external_contact':
      return { kind: 'contact-removed', by: 'employee', ...both };
    case 'del_follow_user':
      return { kind: 'contact-removed', by: 'customer', ...both };
    case 'transfer_fail':
      return { kind: 'transfer-failed', reason: text(root, 'FailReason'), ...both };
    default:
      return null;
  }
}
