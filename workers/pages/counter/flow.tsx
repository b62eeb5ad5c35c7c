/** 核销的步骤: look, choose, use, undo; each is one form, and each works without a script. */
import type { FC } from 'hono/jsx';
import type { CouponId, MemberId } from '../../../schema/index.ts';
import {
  billRef,
  offersFor,
  personOf,
  readShown,
  undoAtCounter,
  useAtCounter,
  usedIn,
  type Read,
} from '../../commands/coupons/counter.ts';
import { hasItems } from '../../db/points/exchange-items.ts';
import type { MemberHoldings } from '../../db/members/members.ts';
import { codeRead } from '../../decide/coupons/codes.ts';
import { couponMissWords } from '../../words/misses/coupon-misses.ts';
import { wrongCodeWords } from '../../words/member-code-words.ts';
import { askedOf, type Asked } from './asked.ts';
import type { Clerk } from './clerk.ts';
import { deskView, newBill, noBill, type DeskView } from './desk-view.tsx';
import { Offers, People } from './found.tsx';
import {
  justRedeemed,
  packageShown,
  packagesFor,
  redeemAtDesk,
  sellingTo,
  undoAtDesk,
} from './packages/flow.tsx';
import { PayWithPoints } from './points.tsx';
import { justPaid, pay, spentLately, unpay } from './points-flow.tsx';
import { collect, justCollected, lookForPrize, waitingPrizes } from './prize.tsx';
import { Stored } from './stored.tsx';
import { Super } from './super.tsx';
import { JustUndone, JustUsed } from './uses.tsx';

/** The page as it is opened, or after something was used. */
export async function openDesk(clerk: Clerk): Promise<DeskView> {
  const { used: seq, said, paid, collected, redeemed } = clerk.context.req.query();
  if (collected !== undefined)
    return deskView(clerk, newBill(clerk), { below: await justCollected(clerk, collected) });
  if (redeemed !== undefined)
    return deskView(clerk, newBill(clerk), { below: await justRedeemed(clerk, redeemed) });
  if (paid !== undefined) return deskView(clerk, newBill(clerk), { below: await justPaid(clerk, paid) });
  const used = seq === undefined ? null : await usedIn(clerk.deps.engine, Number(seq), clerk.sees);
  const below = used ? <JustUsed use={used} /> : said === 'undone' ? <JustUndone /> : null;
  return deskView(clerk, newBill(clerk), { below });
}

export async function sentToDesk(clerk: Clerk, form: URLSearchParams): Promise<DeskView | Response> {
  const act = form.get('act');
  if (act === 'undo-package') return undoAtDesk(clerk, form);
  if (act === 'undo') return undo(clerk, Number(form.get('seq') ?? NaN));
  const asked = askedOf(clerk, form);
  if (act === 'collect') return collect(clerk, asked);
  if (act === 'pay' && clerk.recordPoints) return pay(clerk, asked, { form, ref: await refOf(clerk, asked) });
  if (act === 'redeem-package') return redeemAtDesk(clerk, asked, form);
  if (act === 'unpay' && clerk.recordPoints) return unpay(clerk, form);
  return act === 'use' ? use(clerk, asked) : look(clerk, asked);
}

function wrongWords(wrong: Extract<Read, { wrong: string }>['wrong']): string {
  if (wrong === 'payment-code') return '这是付款码，不是券码：请顾客打开会员中心里的会员码或券。';
  if (wrong === 'nobody') return '没有找到：请核对手机号、尾号和称呼，或者扫会员码。';
  return wrongCodeWords(wrong);
}

async function look(clerk: Clerk, asked: Asked): Promise<DeskView> {
  const { deps, now, key } = clerk;
  const { typed, memberId, fault } = asked;
  const { engine } = deps;
  const held = typed.code === '' && memberId !== null ? await personOf(engine, memberId as MemberId) : null;
  if (fault) return deskView(clerk, asked, { holder: held, sorry: fault.text, status: 422 });
  if (held) return offers(clerk, asked, { person: held });
  if (typed.code === '')
    return deskView(clerk, asked, {
      sorry: '请扫码，或者输入券码、套餐码、领奖码、会员码、手机尾号。',
      status: 422,
    });
  const prize = await lookForPrize(clerk, asked);
  if (prize) return prize;
  const read = await readShown(engine, { text: typed.code, name: typed.name || null }, key, now);
  if ('people' in read)
    return deskView(clerk, asked, { below: <People clerk={clerk} asked={asked} people={read.people} /> });
  if (!('wrong' in read)) return offers(clerk, asked, read);
  const status = read.wrong === 'too-many' ? 429 : 422;
  return deskView(clerk, asked, { sorry: wrongWords(read.wrong), status });
}

type Whose = Extract<Read, { person: MemberHoldings } | { code: CouponId }>;

async function offers(clerk: Clerk, asked: Asked, whose: Whose): Promise<DeskView> {
  const { deps, now } = clerk;
  const { typed, storeId, payableFen } = asked;
  const [holder, of] =
    'person' in whose ? [whose.person, { memberId: whose.person.member.id }] : [null, { code: whose.code }];
  const ref = await refOf(clerk, asked);
  if (typeof ref !== 'string' || storeId === null) return deskView(clerk, asked, { holder, ...noBill });
  const found = await offersFor(deps.engine, { of, ref, storeId, payableFen }, now);
  if (holder === null && found.length === 0) {
    const below = await packageShown(clerk, asked);
    if (below !== null) return deskView(clerk, asked, { below });
    return deskView(clerk, asked, { sorry: couponMissWords({ reason: 'UNKNOWN_CODE' }), status: 422 });
  }
  // A person's code is over in a minute: from here on it is the person who is asked for.
  const shown = holder ? { ...asked, typed: { ...typed, code: '', name: '' } } : asked;
  const exchange = holder && (await hasItems(deps.engine.db)) ? clerk.exchangeAt?.(holder.member.id) : null;
  const { settings } = await deps.engine.config.get();
  const payer = settings.pointsAsMoney.on && clerk.recordPoints ? holder : null;
  const packages = holder && (await packagesFor(clerk, shown, holder));
  const selling = holder && (await sellingTo(clerk, holder));
  const spends = payer ? await spentLately(clerk, payer.member.id) : [];
  const below = (
    <>
      {holder && <Super clerk={clerk} holder={holder} settings={settings.superMembership} />}
      {holder && (
        <Stored clerk={clerk} holder={holder} payableFen={payableFen} rules={settings.storedValue} />
      )}
      {payer && (
        <PayWithPoints
          clerk={clerk}
          asked={shown}
          holder={payer}
          rules={settings.pointsAsMoney}
          spends={spends}
        />
      )}
      {packages}
      <Offers clerk={clerk} asked={shown} offers={found} />
      {holder && (await waitingPrizes(clerk, shown, holder.member.id))}
      <More links={[...linkTo('积分兑换', exchange), ...linkTo('卖套餐', selling)]} />
    </>
  );
  return deskView(clerk, shown, { holder, below });
}

type Link = { readonly label: string; readonly href: string };
const linkTo = (label: string, href: string | null | undefined): Link[] => (href ? [{ label, href }] : []);

const More: FC<{ links: readonly Link[] }> = ({ links }) =>
  links.length === 0 ? null : (
    <p class="buttons">
      {links.map(({ label, href }) => (
        <a class="button" href={href}>
          {label}
        </a>
      ))}
    </p>
  );

async function refOf({ deps, now }: Clerk, { storeId, form, typed }: Asked) {
  if (storeId === null) return null;
  return billRef(deps.engine, { form, orderNo: typed.orderNo || null, storeId }, now);
}

const notDecided = {
  sorry: '没有核销成：系统正忙，请再按一次，不会重复核销。',
  status: 503,
} as const;

async function use(clerk: Clerk, asked: Asked): Promise<DeskView | Response> {
  const { deps, now, name, path } = clerk;
  const { typed, storeId, payableFen, fault } = asked;
  const couponId = codeRead(typed.code);
  if (fault) return deskView(clerk, asked, { sorry: fault.text, status: 422 });
  if (couponId === null)
    return deskView(clerk, asked, { sorry: couponMissWords({ reason: 'UNKNOWN_CODE' }), status: 422 });
  const ref = await refOf(clerk, asked);
  if (typeof ref !== 'string' || storeId === null) return deskView(clerk, asked, noBill);
  const used = await useAtCounter(deps.engine, { couponId, ref, storeId, payableFen, by: name }, now);
  if ('undecided' in used) return deskView(clerk, asked, notDecided);
  if ('miss' in used) return deskView(clerk, asked, { sorry: couponMissWords(used.miss), status: 409 });
  const { coupon, moves } = used.held;
  const move = moves.findLast(({ act }) => act === 'used');
  if (used.isNew) await clerk.record('coupon.redeem', { couponId, storeId, offFen: coupon.offFen });
  return clerk.context.redirect(`${path}?used=${String(move?.seq ?? '')}`, 303);
}

async function undo(clerk: Clerk, seq: number): Promise<DeskView | Response> {
  const { deps, now, name, path, sees } = clerk;
  const undone = await undoAtCounter(deps.engine, { seq, stores: sees, by: name }, now);
  const bill = newBill(clerk);
  if ('isNoUse' in undone)
    return deskView(clerk, bill, { sorry: '没有这一笔核销，或者不是在您的门店核销的。', status: 422 });
  if ('undecided' in undone) return deskView(clerk, bill, notDecided);
  if ('miss' in undone) return deskView(clerk, bill, { sorry: couponMissWords(undone.miss), status: 409 });
  const { coupon, moves } = undone.held;
  const storeId = moves.at(-1)?.storeId ?? null;
  if (undone.isNew) await clerk.record('coupon.undo', { couponId: coupon.id, storeId, offFen: null });
  return clerk.context.redirect(`${path}?said=undone`, 303);
}
