/** 两分钟看懂: presses what a visitor could press, one step after the other, and says what came of it. */
import { all, call, one, toast } from './dom.client.js';

const slip = one('#slip');
const milk = '6901234';
const bottle = '6903101';
const oil = '6904201';
const waitMs = 20_000;
const glanceMs = 500;

const steps = [join, buy, useCoupon, giveBack, runOut];
const told = [
  '她扫了林小雨的码：微信把“关注”加密推给回客，回客回了欢迎语；收银台一登记，“注册有礼”的三张券就到了她的券包里。',
  '收银台先问哪张券最省，用了新客 5 元券，再把这一单签好名发给回客：得积分，满 188 抽红包，送一张 80 元油券，记下奶粉几天喝完。通知在右边手机上。',
  '上一单送的 80 元油券，这一单就用上了：88 元的油只付 8 元。同一张券不会用两次，整单退货会还给她。',
  '退了一罐，这一单不够 188 元了：多给的积分和红包照着账一笔一笔收回来，已经用掉的不会扣成负数。',
  '奶粉 7 天一罐，快喝完的前 5 天早上 9 点，她和导购林小雨都收到了提醒。点手机上方的“林小雨”，看导购收到的。',
];
let done = 0;
let her = null;
let firstOrder = null;
let isBusy = false;

/** `onJoined(openid)` and `onLook()`: a person is new, or the phone is to be looked at. */
export function startTour({ onJoined, onLook }) {
  for (const button of all('#tour button'))
    button.addEventListener('click', () => void walkTo(Number(button.dataset.step), { onJoined, onLook }));
}

/** What a step stands on goes before it; whoever presses the first again begins anew, with another mother. */
async function walkTo(step, hooks) {
  if (isBusy) return;
  isBusy = true;
  if (step === 0) done = 0;
  try {
    for (let at = Math.min(done, step); at <= step; at += 1) {
      mark(at, 'busy');
      await steps[at](hooks);
      done = Math.max(done, at + 1);
      mark(at, 'done');
      one('#told').textContent = told[at];
    }
  } catch {
    mark(done, '');
    toast('这一步没有走完，看看“回客收到了什么”，再点一次。');
  } finally {
    isBusy = false;
  }
  await hooks.onLook();
}

function mark(at, state) {
  all('#tour button').forEach((button, place) => {
    if (place === at) button.dataset.state = state;
    if (place > at) delete button.dataset.state;
    button.setAttribute('aria-pressed', String(place === at));
  });
}

const pause = (ms = glanceMs) => new Promise((resolve) => setTimeout(resolve, ms));

async function until(isThere) {
  for (let waited = 0; waited < waitMs; waited += 100) {
    const found = isThere();
    if (found) return found;
    await pause(100);
  }
  throw new Error('waited for too long');
}

async function join({ onJoined }) {
  const phone = `139${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`;
  const person = { openid: `oCustomer${phone}`, phone, name: '小橙子妈妈' };
  const { ok } = await call('/follow', { ...person, scene: 'adv_g7' });
  if (!ok) throw new Error('not followed');
  her = person;
  const created = await call('/member', { externalId: `N${phone}`, ...person });
  if (!created.ok) throw new Error('not taken');
  await onJoined(person.openid);
}

const firstMinus = () => one('#lines .steps button');

/** Puts it into the basket, and waits for the coupon that the till finds for it. */
async function sell(skus) {
  slip.member.value = her.openid;
  slip.member.dispatchEvent(new Event('change'));
  for (let minus = firstMinus(); minus; minus = firstMinus()) minus.click();
  for (const sku of skus) one(`.tile[data-sku="${sku}"]`).click();
  one('.paper').scrollIntoView({ block: 'nearest' });
  await until(() => one('#quoted input:checked'));
  await pause();
}

async function pay() {
  one('#answer').dataset.ok = '';
  one('.pay').click();
  await until(() => one('#answer').dataset.ok === 'true');
  return /\S+-\d+-\d+/.exec(one('#answer').textContent)[0];
}

async function buy() {
  await sell([milk, milk, bottle]);
  firstOrder = await pay();
}

async function useCoupon() {
  await sell([oil]);
  await pay();
}

async function giveBack() {
  const receipt = await until(() => one(`#receipts details[data-number="${firstOrder}"]`));
  receipt.open = true;
  await pause();
  one('.lines button', receipt).click();
  await until(() => one(`#receipts details[data-number="${firstOrder}"] em`));
}

const shanghaiMs = 8 * 3_600_000;
const dayMs = 86_400_000;
/** One tin is left, good for seven days; the reminder goes out five days before. */
const remindedAfterDays = 2;

async function runOut() {
  const form = one('#clock');
  const on = new Date(Date.now() + shanghaiMs + remindedAfterDays * dayMs).toISOString().slice(0, 10);
  form.at.value = `${on}T09:00`;
  form.requestSubmit();
  await pause(2 * glanceMs);
}
