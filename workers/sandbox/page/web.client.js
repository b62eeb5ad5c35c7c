/** 手机里的网页: pages of the shop open inside the phone, as WeChat's browser would show them. */
import { one } from './dom.client.js';

const isOurs = (url) => url.origin === location.origin && /^\/(?:m|a)(?:\/|$)/.test(url.pathname);

/** Through the login, so that the page is of whoever holds the phone. */
const throughLogin = ({ pathname, search }) =>
  pathname === '/m/login' ? pathname + search : `/m/login?to=${encodeURIComponent(pathname + search)}`;

export function startWeb() {
  one('#phone').addEventListener('click', (event) => {
    const link = event.target.closest('a[href]');
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const url = new URL(link.href);
    if (!isOurs(url)) return;
    event.preventDefault();
    openWeb(throughLogin(url));
  });
  one('#web-close').addEventListener('click', closeWeb);
}

export function openWeb(path) {
  const frame = document.createElement('iframe');
  frame.title = '手机里的网页';
  frame.src = path;
  one('#web').querySelector('iframe')?.remove();
  one('#web').append(frame);
  one('#web').hidden = false;
}

export function closeWeb() {
  one('#web').hidden = true;
  one('#web').querySelector('iframe')?.remove();
}
