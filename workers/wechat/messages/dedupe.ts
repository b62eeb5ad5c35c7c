/**
 * 去重: what tells two messages of WeChat apart, and does not change when one is sent again.
 *
 * The documents name MsgId for messages and FromUserName with CreateTime for events; in the field a MsgId was seen
 * with two people, and two events of one person in one second are common, so here is everything that differs.
 */
import type { XmlElement } from '../xml.ts';
import { entriesOf } from './lists.ts';
import { text } from './reading.ts';

const keyCharactersMax = 256;

const parts = [
  'ToUserName',
  'FromUserName',
  'CreateTime',
  'MsgType',
  'MsgId',
  'Event',
  'EventKey',
  'UserCardCode',
  'TemplateId',
  // WeChat's own sender stands in FromUserName when it tells of a person's data.
  'OpenID',
  'RevokeInfo',
  // Of 企业微信.
  'AgentID',
  'ChangeType',
  'UserID',
  'ExternalUserID',
];

export function dedupeKeyOf(root: XmlElement): string {
  const entries = entriesOf(root).flatMap((entry) => [
    text(entry, 'TemplateId'),
    text(entry, 'MsgID'),
    text(entry, 'SubscribeStatusString'),
  ]);
  const key = [...parts.map((name) => text(root, name)), ...entries].join('|').replace(/\|+$/, '');
  if (key.length <= keyCharactersMax) return key;
  const hash = `#${fnv64(key)}`;
  return key.slice(0, keyCharactersMax - hash.length) + hash;
}

/** FNV-1a: 16 hex digits. What is hashed was written by WeChat and the merchant, so nobody can aim at a collision. */
function fnv64(key: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(key)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}
