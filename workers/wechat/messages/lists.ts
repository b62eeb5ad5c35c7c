/**
 * 订阅通知的列表: the entries of the three subscription events.
 *
 * In XML they are `List` elements, one or many, inside a wrapper named after the event, and the documents' sample of
 * one event has the wrapper of another; in JSON there is no wrapper, and one entry is not in a list.
 * Source: developers.weixin.qq.com/doc/service/guide/product/subscription_messages/push.
 */
import type { XmlElement } from '../xml.ts';
import { childrenOf } from './reading.ts';

const wrapper = /^subscribemsg\w*event$/i;

export function entriesOf(root: XmlElement): readonly XmlElement[] {
  const wrappers = root.children.filter(({ name }) => wrapper.test(name));
  return [root, ...wrappers].flatMap((element) => childrenOf(element, 'List'));
}
