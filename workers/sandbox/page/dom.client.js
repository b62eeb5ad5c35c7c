/** 小工具: elements without innerHTML, so that a member's words stay words; money, times and calls. */

/** `h('li.line', { title: 'x', onclick }, 'text', child)`; null and false children are left out. */
export function h(selector, properties = {}, ...children) {
  const [tag, ...classes] = selector.split('.');
  const element = document.createElement(tag);
  if (classes.length > 0) element.className = classes.join(' ');
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== undefined && value !== null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const outside = { target: '_blank', rel: 'noopener' };
/** A link of the account's, as it opens on a phone. */
export const link = (href, words) => h('a', { href, ...outside }, words);

const linkShape =
  /<a\s[^>]*?href="(https?:\/\/[^"]+)"[^>]*>([^<]*)<\/a>|https?:\/\/[\w\-./?%&=#~:@!+,;]*[\w\-/=]/g;

/** What was written, in parts: WeChat makes links of addresses and of `<a href>`, and nothing else of anything. */
export function linked(text) {
  const parts = [];
  let from = 0;
  for (const { 0: found, 1: href, 2: words, index } of text.matchAll(linkShape)) {
    parts.push(text.slice(from, index), link(href ?? found, words ?? found));
    from = index + found.length;
  }
  return [...parts, text.slice(from)];
}

export const one = (selector, root = document) => root.querySelector(selector);
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];

export const yuanFigure = (fen) => (fen / 100).toFixed(2);

const shanghai = (options) => new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', ...options });
const dayAndTime = shanghai({
  month: 'numeric',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const dayOnly = shanghai({ year: 'numeric', month: 'numeric', day: 'numeric' });
const timeOnly = shanghai({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

export const when = (at) => dayAndTime.format(new Date(at));
export const day = (at) => dayOnly.format(new Date(at));
export const time = (at) => timeOnly.format(new Date(at));

/** The answer as a value: `{ ok, status, body }`, with status 0 when nobody answered. */
export async function call(path, body) {
  try {
    const response = await fetch(`/sandbox/api${path}`, {
      ...(body === undefined
        ? {}
        : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      // A callback that nobody answers is tried three times, five seconds apart.
      signal: AbortSignal.timeout(20_000),
    });
    return { ok: response.ok, status: response.status, body: await response.json().catch(() => null) };
  } catch {
    return { ok: false, status: 0, body: null };
  }
}

let hiding = 0;
export function toast(text) {
  const box = one('.toast');
  box.textContent = text;
  box.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => (box.hidden = true), 3500);
}

/** Presses one button of a group and lets go of the others. */
export function press(group, isPressed) {
  for (const button of group) button.setAttribute('aria-pressed', String(isPressed(button)));
}
