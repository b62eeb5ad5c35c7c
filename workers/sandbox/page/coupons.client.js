/** 用券: what Huike's public API says of the cart: which coupons apply, what each takes off, and why not the others. */
import { call, h, one, yuanFigure } from './dom.client.js';

const nothing = { key: '', offFen: 0, applied: [], usable: [], others: [] };
let quoted = nothing;
let asking = '';
/** Null is the best that there is; otherwise the codes that the cashier ticked. */
let chosen = null;
let whose = '';

/** What was asked last is what counts: answers may come in another order. */
export async function askCoupons({ lines, member, store, onQuoted }) {
  if (whose !== (member?.openid ?? '')) [whose, chosen] = [member?.openid ?? '', null];
  const body = { store, member, lines, couponCodes: chosen ?? [] };
  const key = JSON.stringify([body, chosen]);
  if (key === asking) return;
  asking = key;
  const isAsked = member !== null && lines.length > 0;
  const answer = isAsked && chosen?.length !== 0 ? await call('/quote', body) : null;
  // With no box ticked nothing is taken off, but what could be is still shown.
  const shown = chosen?.length === 0 ? { ...quoted, offFen: 0, applied: [] } : nothing;
  if (asking !== key) return;
  quoted = { ...shown, ...(answer?.ok && Array.isArray(answer.body?.usable) ? answer.body : {}), key };
  draw(onQuoted);
  onQuoted();
}

/** For the sale: the codes, what they take off in all, and off each line. */
export function couponsUsed() {
  // While it is asked anew, nothing is promised.
  if (quoted.key !== asking) return { codes: [], offFen: 0, off: new Map() };
  const off = new Map();
  for (const { lines } of quoted.applied)
    for (const { lineNo, offFen } of lines) off.set(lineNo, (off.get(lineNo) ?? 0) + offFen);
  return { codes: quoted.applied.map(({ code }) => code), offFen: quoted.offFen, off };
}

export function forgetCoupons() {
  [quoted, asking, chosen] = [nothing, '', null];
  draw(() => {});
}

function draw(onChosen) {
  const { usable, others, applied } = quoted;
  const ticked = applied.map(({ code }) => code);
  one('#quoted').hidden = usable.length + others.length === 0;
  one('#quoted').replaceChildren(
    ...usable.map((coupon) => usableOf(coupon, ticked, onChosen)),
    ...others.map(({ name, code, message }) =>
      h('li.not', {}, h('span.what', {}, name ?? code), h('small', {}, message)),
    ),
  );
}

function usableOf({ code, name, offFen }, ticked, onChosen) {
  const box = h('input', {
    type: 'checkbox',
    checked: ticked.includes(code),
    onchange: () => {
      chosen = box.checked ? [...ticked, code] : ticked.filter((one) => one !== code);
      onChosen();
    },
  });
  const worth = offFen > 0 ? `减 ${yuanFigure(offFen)}` : '兑换';
  return h('li', {}, h('label', {}, box, h('span.what', {}, name), h('b', {}, worth)));
}
