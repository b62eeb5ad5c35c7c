/**
 * 红包追回: when a sale comes back while its packet is on its way, the transfer is called off, and the money is taken once it has
 * come back.
 */
import type {
  Account,
  Amount,
  Awards,
  Grant,
  MemberId,
  Recall,
  Sale,
  Transfer,
} from '../../../schema/index.ts';
import { postable, postedTo } from '../awards/index.ts';
import type { Effect } from '../effects.ts';
import { countCashBack } from '../levels/cash-back.ts';
import { saleCause } from '../plain/causes.ts';
import type { World } from '../world.ts';

/** Only this account pays out to WeChat, so only its money can be on its way. */
export const payoutAccount = 'wallet' satisfies Account;

type WalletLoss = {
  /** By settled campaign, what could not be taken back. */
  readonly recalls: readonly Recall[];
  /** True when money had to come back at all. */
  readonly isWalletLoss: boolean;
};

/** The latest call replaces earlier ones. */
export function recallPackets(
  world: World,
  sale: Sale,
  { recalls, isWalletLoss: isLoss }: WalletLoss,
  why: 'returned' | 'withdrawn',
): Effect[] {
  const effects: Effect[] = [];
  let open = recalls;
  for (const transfer of world.transfers.values()) {
    if (transfer.saleId !== sale.id || transfer.endedAt !== null) continue;
    const before = transfer.recalls.filter(
      ({ campaignId, isMoved }) => isMoved || !recalls.some((recall) => recall.campaignId === campaignId),
    );
    const { taken, left } = fill(transfer.amountFen - sum(before), open);
    open = left;
    const isCalledOff = isLoss && transfer.cancelAskedAt === null;
    const next: Transfer = {
      ...transfer,
      recalls: [...before, ...taken],
      ...(isCalledOff && { cancelAskedAt: world.now, cancelReason: why, dueAt: world.now }),
    };
    const isSame = JSON.stringify(next) === JSON.stringify(transfer);
    if (!isSame) effects.push({ type: 'transfer.put', row: next });
  }
  return effects;
}

/** Of a sale's payments under way, what is not recalled for other campaigns. */
export const underWayFenOf = (
  world: World,
  saleId: Transfer['saleId'],
  campaignId: Recall['campaignId'],
): number =>
  [...world.transfers.values()]
    .filter((transfer) => saleId !== null && transfer.saleId === saleId && transfer.endedAt === null)
    .reduce((left, { amountFen, recalls }) => {
      const others = recalls.filter((recall) => recall.isMoved || recall.campaignId !== campaignId);
      return left + amountFen - sum(others);
    }, 0);

const sum = (recalls: readonly Recall[]): number => recalls.reduce((total, { fen }) => total + fen, 0);

/** No more than the payment's amount; the rest is recalled from the sale's next payment. */
function fill(
  room: number,
  recalls: readonly Recall[],
): { taken: readonly Recall[]; left: readonly Recall[] } {
  const taken: Recall[] = [];
  const left: Recall[] = [];
  let open = room;
  for (const recall of recalls) {
    const fen = Math.min(open, recall.fen);
    open -= fen;
    if (fen > 0) taken.push({ ...recall, fen, slot: fen === recall.fen ? recall.slot : null });
    if (fen < recall.fen) left.push({ ...recall, fen: recall.fen - fen, slot: null });
  }
  return { taken, left };
}

/** The packet is back in the wallet: what the sale should have given back is taken, up to the balance. */
export function takeRecalls(world: World, transfer: Transfer, balance: number, at: number): Effect[] {
  const { outBillNo, memberId, saleId, recalls, dayOn } = transfer;
  const grants = saleId === null ? [] : (world.grants.get(saleCause(saleId)) ?? []);
  const settled: Effect[] = [];
  let taken = 0;
  for (const { campaignId, isMoved, fen, slot } of recalls) {
    const now = Math.min(fen, Math.max(0, balance - taken));
    if (now === 0) continue;
    taken += now;
    const grant = isMoved ? undefined : grants.find((one) => one.campaignId === campaignId);
    if (grant) settled.push({ type: 'grant.put', grant: lessened(grant, now) });
    if (grant ?? isMoved) {
      settled.push(...countCashBack(world, memberId, -now, grant?.grantedOn ?? dayOn));
      settled.push(...giveUp(memberId, { campaignId, fen: now, slot: now === fen ? slot : null }));
    }
  }
  if (taken === 0) return [];
  const cause = `recall:${outBillNo}`;
  return [
    { type: 'ledger.post', memberId, account: payoutAccount, delta: -taken, cause, at, overdraft: false },
    ...settled,
  ];
}

/** The budget has back what came back, and the slot is free when nothing else kept it. */
function giveUp(
  memberId: MemberId,
  { campaignId, fen, slot }: Pick<Recall, 'campaignId' | 'fen' | 'slot'>,
): Effect[] {
  const times = slot === null ? 0 : -1;
  const effects: Effect[] = [{ type: 'campaign.count', campaignId, times, spentFen: -fen }];
  if (slot !== null)
    effects.push({ type: 'member.count', memberId, subject: campaignId, times, on: slot.on });
  return effects;
}

/** Money costs what it is. */
const lessened = (grant: Grant, fen: number): Grant => ({
  ...grant,
  awards: without(grant.awards, fen),
  costFen: grant.costFen - fen,
});

/** The wallet money that the grant holds, less what was given back. */
function without(given: Awards, fen: number): Awards {
  const left: Record<string, Amount> = { ...given };
  let open = fen;
  for (const award of postedTo(payoutAccount)) {
    const stands = postable(given[award.kind]);
    const taken = Math.min(open, stands);
    open -= taken;
    if (taken < stands) left[award.kind] = stands - taken;
    else delete left[award.kind];
  }
  return left;
}
