/** 聊天: the account's messages as a phone shows them; only new ones are added, so that nothing jumps. */
import { h, link, linked, one, time, when } from './dom.client.js';

let owner = null;
let lastSeq = 0;
let lastAt = 0;
const gapMs = 5 * 60_000;

export function renderChat(openid, messages) {
  const list = one('#chat');
  if (openid !== owner) {
    owner = openid;
    lastSeq = 0;
    lastAt = 0;
    list.replaceChildren(h('li.note', {}, '你已关注阳光小镇母婴，积分和优惠会发到这里。'));
  }
  const fresh = messages.filter(({ seq }) => seq > lastSeq).toReversed();
  if (fresh.length === 0) return;
  const isFirst = lastSeq === 0;
  for (const message of fresh) {
    const at = Date.parse(message.at);
    if (at - lastAt > gapMs) list.append(h('li.note', {}, isToday(at) ? time(at) : when(at)));
    lastAt = at;
    const item = itemOf(message);
    if (!isFirst) arrive(item);
    list.append(item);
    lastSeq = message.seq;
  }
  scrollChat();
}

/** To the newest; a hidden list has no height, so it is asked for again when it is shown. */
export function scrollChat() {
  const list = one('#chat');
  list.scrollTop = list.scrollHeight;
}

/** A line in the middle of the chat, from the sandbox and not from the account. */
export function note(text) {
  one('#chat').append(h('li.note', {}, text));
  scrollChat();
}

/** Once: the class would play again whenever the list is shown again. */
function arrive(item) {
  item.classList.add('fresh');
  item.addEventListener('animationend', () => item.classList.remove('fresh'), { once: true });
}

function itemOf(message) {
  if (message.sender === 'person') return h('li.mine', {}, h('p.bubble', {}, message.text));
  // WeChat's own words, and not the account's.
  if (message.kind === 'unavailable') return h('li.note', {}, message.text);
  return h('li.theirs', {}, h('span.face', { 'aria-hidden': 'true' }, '阳'), contentOf(message));
}

const more = (url) => (url ? link(url, '查看详情') : null);

function contentOf(message) {
  switch (message.kind) {
    case 'template':
      return cardOf(message);
    case 'subscription':
      return cardOf(message, '订阅通知');
    case 'passive':
      return message.data.type === 'news' ? articleOf(message.data.data.articles[0]) : bubble(message.text);
    case 'news':
      return articleOf(message.data.news.articles[0]);
    case 'mass':
      return h('article.card', {}, h('p.from', {}, '群发消息'), h('p', {}, ...linked(message.text)));
    default:
      return bubble(message.text);
  }
}

const bubble = (text) => h('p.bubble', {}, ...linked(text));

function cardOf({ title, labels, data, url }, from = null) {
  const line = ({ key, label }) => h('div', {}, h('dt', {}, label), h('dd', {}, data[key]?.value ?? ''));
  return h(
    'article.card',
    {},
    from && h('p.from', {}, from),
    h('h3', {}, title),
    h('dl', {}, ...labels.map(line)),
    more(url),
  );
}

const articleOf = ({ title, description, url }) =>
  h('article.card', {}, h('h3', {}, title), h('p', {}, description), more(url));

const isToday = (at) => when(at).slice(0, -6) === when(Date.now()).slice(0, -6);
