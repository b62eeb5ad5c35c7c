/** 谁在买: the members a cashier can choose, a passer-by, or somebody new with a phone number. */
import { call, h, one, toast } from './dom.client.js';

const slip = one('#slip');
let customers = [];

/** `onJoined(openid)` when somebody new follows. */
export function startCustomers({ onJoined }) {
  slip.member.addEventListener('change', showNewcomer);
  one('[data-act=follow]').addEventListener('click', () => join(onJoined));
}

/** Keeps the choice that is shown, unless there is none yet: then the first demo member buys. */
export function listCustomers(people) {
  const chosen = slip.member.value || people[0]?.openid;
  customers = people.filter(({ role, phone }) => role === 'member' && phone);
  slip.member.replaceChildren(
    h('option', { value: '' }, '散客（不是会员）'),
    ...customers.map(({ openid, name, phone }) =>
      h('option', { value: openid }, `${name ?? '新顾客'} ${phone}`),
    ),
    h('option', { value: 'new' }, '＋ 新顾客…'),
  );
  slip.member.value = chosen ?? '';
}

export function chooseCustomer(openid) {
  if (!customers.some((customer) => customer.openid === openid)) return;
  slip.member.value = openid;
  showNewcomer();
}

/** A person, or null for a passer-by; undefined while a new customer's phone number is missing. */
export function buyer() {
  if (slip.member.value !== 'new') {
    return customers.find(({ openid }) => openid === slip.member.value) ?? null;
  }
  const phone = newcomersPhone();
  return phone === undefined ? undefined : { phone, name: slip.name.value.trim() };
}

/** Whoever is chosen and known; null for everybody else. */
export const chosenBuyer = () => customers.find(({ openid }) => openid === slip.member.value) ?? null;

function showNewcomer() {
  one('.newcomer').hidden = slip.member.value !== 'new';
}

function newcomersPhone() {
  const phone = slip.phone.value.trim();
  if (/^1\d{10}$/.test(phone)) return phone;
  toast('请填 11 位手机号');
  slip.phone.focus();
  return undefined;
}

/** They scan the code of the associate who serves, as Huike prints it (`adv_g7`): a real subscribe event, and from now on messages reach them. */
async function join(onJoined) {
  const phone = newcomersPhone();
  if (phone === undefined) return;
  const name = slip.name.value.trim();
  const openid = customers.find((customer) => customer.phone === phone)?.openid ?? `oCustomer${phone}`;
  const person = { openid, phone, ...(name ? { name } : {}), scene: `adv_${slip.associate.value}` };
  const { status, body } = await call('/follow', person);
  toast(body?.ok ? `${name || phone} 已关注` : `已关注，但回客没有应答（${body?.status ?? status}）`);
  slip.name.value = '';
  slip.phone.value = '';
  await onJoined(openid);
}
