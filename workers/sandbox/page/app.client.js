/** 沙盒: one till, one phone, and a look at the phone every second while somebody is watching. */
import { renderAccount } from './account.client.js';
import { startCart } from './cart.client.js';
import { note, renderChat, scrollChat } from './chat.client.js';
import { chooseCustomer, listCustomers, startCustomers } from './customer.client.js';
import { all, call, h, one, press, time, toast, when } from './dom.client.js';
import { refreshJournal } from './journal.client.js';
import { refreshReceipts } from './receipts.client.js';
import { startTour } from './tour.client.js';
import { renderWallet } from './wallet.client.js';
import { closeWeb, startWeb } from './web.client.js';

const everyMs = 1000;
const journalEvery = 2;
const peopleEvery = 5;
let openid = null;
let knownPeople = '';
let turn = 0;
let unread = 0;
let lastSeq = null;

async function refreshPeople() {
  const { ok, body } = await call('/people');
  if (!ok || body === null) return;
  const key = JSON.stringify(body.items.map(({ openid: id, name }) => [id, name]));
  if (key === knownPeople) return;
  knownPeople = key;
  listCustomers(body.items);
  if (openid === null && body.items.length > 0) hold(body.items[0].openid);
  one('#owners').replaceChildren(...body.items.map(ownerOf));
}

function ownerOf({ openid: id, name, phone, role }) {
  const label = name ?? phone ?? id.slice(-8);
  return h(
    'button',
    { type: 'button', 'aria-pressed': String(id === openid), 'data-openid': id, onclick: () => show(id) },
    h('span.face', { 'aria-hidden': 'true' }, label.slice(-1)),
    label,
    role === 'associate' && h('small', {}, '导购'),
  );
}

/** The browser is this person's: the login page of the simulated WeChat goes by it. */
function hold(id) {
  openid = id;
  document.cookie = `sandbox-openid=${encodeURIComponent(id)}; path=/sandbox; SameSite=Lax`;
}

async function show(id) {
  hold(id);
  closeWeb();
  lastSeq = null;
  const owners = all('#owners button');
  press(owners, (button) => button.dataset.openid === id);
  owners
    .find((button) => button.dataset.openid === id)
    ?.scrollIntoView({ block: 'nearest', inline: 'center' });
  chooseCustomer(id);
  await refreshPhone();
}

async function refreshPhone() {
  one('#time').textContent = time(Date.now());
  if (openid === null) return;
  const asked = openid;
  const wallet = one('.screen').dataset.view === 'chat' ? 0 : 1;
  const { ok, body } = await call(`/phone?openid=${encodeURIComponent(asked)}&wallet=${wallet}`);
  if (!ok || body === null || asked !== openid) return;
  countUnread(body.chat);
  renderChat(asked, body.chat);
  if (renderAccount(asked, body, refreshPhone)) scrollChat();
  renderWallet(body);
  const isFollowing = body.person?.following === 1;
  one('#follow').hidden = false;
  one('#follow').textContent = isFollowing ? '取消关注' : '关注';
  one('#follow').dataset.act = isFollowing ? 'unfollow' : 'follow';
}

/** Messages that came while the other tab was shown. */
function countUnread(chat) {
  const newest = chat[0]?.seq ?? 0;
  const isHidden = document.body.dataset.tab === 'till';
  if (lastSeq !== null)
    unread += chat.filter(({ seq, sender }) => seq > lastSeq && sender === 'account').length;
  lastSeq = newest;
  if (!isHidden) unread = 0;
  one('.unread').hidden = unread === 0;
  one('.unread').textContent = String(unread);
}

function startTabs() {
  const tabs = all('.tabs button');
  for (const tab of tabs) {
    tab.addEventListener('click', () => {
      document.body.dataset.tab = tab.dataset.tab;
      press(tabs, (each) => each === tab);
      scrollTo(0, 0);
      scrollChat();
      void refreshPhone();
    });
  }
  const menu = all('.menu button');
  for (const button of menu) {
    button.addEventListener('click', () => {
      one('.screen').dataset.view = button.dataset.view;
      press(menu, (each) => each === button);
      for (const view of ['chat', 'coupons', 'points']) one(`#${view}`).hidden = view !== button.dataset.view;
      scrollChat();
      void refreshPhone();
    });
  }
}

function startPhone() {
  one('#say').addEventListener('submit', async (event) => {
    event.preventDefault();
    const input = event.target.text;
    const text = input.value.trim();
    if (text === '' || openid === null) return;
    input.value = '';
    const answer = await call('/say', { openid, text });
    if (!answer.ok) toast('消息没有发出去');
    await refreshPhone();
  });
  one('#follow').addEventListener('click', async () => {
    const act = one('#follow').dataset.act;
    await call(`/${act}`, { openid });
    toast(act === 'follow' ? '已关注' : '已取消关注，之后的模板消息会被微信拒收');
    await refreshPhone();
  });
}

function startClock() {
  const form = one('#clock');
  const nineIn = (days) =>
    `${new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10)}T09:00`;
  form.at.value = nineIn(1);
  for (const preset of all('[data-days]', form)) {
    preset.addEventListener('click', () => {
      form.at.value = nineIn(Number(preset.dataset.days));
      form.requestSubmit();
    });
  }
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const at = `${form.at.value}:00+08:00`;
    const answer = await call('/cron', { at });
    toast(
      answer.body?.ok
        ? `定时任务已按 ${when(at)} 跑过`
        : `定时任务没有跑成（${answer.body?.outcome ?? answer.status}）`,
    );
    if (answer.body?.ok) note(`时钟到了 ${when(at)}`);
    await refreshPhone();
  });
}

const onReturned = async () => {
  await Promise.all([refreshReceipts(onReturned), refreshPhone(), refreshJournal()]);
};

const joined = async (newcomer) => {
  await refreshPeople();
  await show(newcomer);
};

startTabs();
startPhone();
startWeb();
startTour({ onJoined: joined, onLook: onReturned });
startClock();
startCart({
  onSold: async ({ openid: buyer, ok }) => {
    if (ok && buyer !== null && buyer !== openid) await show(buyer);
    await onReturned();
  },
});
startCustomers({ onJoined: joined });
await refreshPeople();
await onReturned();
setInterval(() => {
  if (document.visibilityState !== 'visible') return;
  turn += 1;
  void refreshPhone();
  if (turn % journalEvery === 0) void refreshJournal();
  if (turn % peopleEvery === 0) void refreshPeople();
}, everyMs);
