/** 应得: what one campaign owes a basket: what it promises, and how much of that there is. */
import type { Amount, Grant } from '../../../schema/index.ts';
import { isNothing, type Award, type Choosing, type Fitted, type Lack } from '../awards/define.ts';
import { awardOf } from '../awards/index.ts';
import type { Config } from '../config.ts';
import type { CompiledCampaign } from './campaigns.ts';
import type { Hit } from './evaluate.ts';
import { drawBetween, type Seed } from '../plain/random.ts';
import { seedOf } from '../world.ts';

/** An amount of one kind of award. */
export type Owed = { readonly award: Award; readonly amount: Amount };

/** What one campaign owes one cause. */
export type Due = {
  readonly campaign: CompiledCampaign;
  readonly times: number;
  /** Each kind once. */
  readonly owed: readonly Owed[];
  /** What it costs the shop: budgets count it. */
  readonly costFen: number;
  /** What it is worth to the member: 最优 compares it. */
  readonly worthFen: number;
};

// A plain loop, because it runs for every kind of every campaign that a sale meets.
export function owedOf(due: Due | undefined, award: Award): Amount | undefined {
  if (due === undefined) return undefined;
  for (const one of due.owed) if (one.award === award) return one.amount;
  return undefined;
}

/** What the merchant says to the member, word for word. */
export function textsOf(due: Due): readonly string[] {
  const texts: string[] = [];
  for (const { award, amount } of due.owed) if (award.texts !== null) texts.push(...award.texts(amount));
  return texts;
}

/** Everything that the campaign promises, whether it is there or not. */
export function promised({ world, context }: Choosing, hit: Hit): Due {
  return priced(hit, owedFrom(hit, seedOf(world, context.seedOf)), world.config);
}

function owedFrom({ campaign, times }: Hit, seed: Seed): Owed[] {
  const draw = (label: string, min: number, max: number): number =>
    drawBetween(seed, `${campaign.id}/${label}`, min, max);
  const owed: Owed[] = [];
  for (const reward of campaign.rewards) {
    const given = reward.award({ times, draw });
    for (const kind in given) {
      const award = awardOf(kind);
      add(owed, award, given[kind] ?? award.empty);
    }
  }
  return owed;
}

function add(owed: Owed[], award: Award, amount: Amount): void {
  const place = owed.length === 0 ? -1 : owed.findIndex((one) => one.award === award);
  const before = owed[place];
  if (before === undefined) owed.push({ award, amount });
  else owed[place] = { award, amount: award.sum(before.amount, amount) };
}

function priced({ campaign, times }: Hit, owed: readonly Owed[], config: Config): Due {
  let costFen = 0;
  let worthFen = 0;
  for (const { award, amount } of owed) {
    costFen += award.costFen(amount, config);
    worthFen += award.worthFen(amount, config);
  }
  return { campaign, times, owed, costFen, worthFen };
}

/** What can be given, and what is taken with it; or why it is as good as nothing. */
export type Possible =
  | { readonly due: Due; readonly takes: Fitted<Amount>['takes']; readonly lack: null }
  | { readonly due: null; readonly lack: Lack };

const noTakes: Fitted<Amount>['takes'] = [];

/** Half of what was promised counts half. What the cause was given before stays possible, `prior` says what that is. */
export function possible(choosing: Choosing, hit: Hit, prior: Grant | undefined): Possible {
  const all = promised(choosing, hit);
  // Most campaigns give nothing that can run out.
  if (all.owed.every(({ award }) => award.fit === null)) return { due: all, takes: noTakes, lack: null };
  const hadTimes = prior?.times ?? 0;
  const takes: Fitted<Amount>['takes'][number][] = [];
  const owed: Owed[] = [];
  let lack: Lack | null = null;
  for (const one of all.owed) {
    const { award, amount } = one;
    if (award.fit === null) {
      owed.push(one);
      continue;
    }
    const asked = { due: amount, held: prior?.awards[award.kind], mayGive: hit.times > hadTimes };
    const fitted = award.fit(choosing, asked);
    takes.push(...fitted.takes);
    if (!award.isCompany) lack = fitted.lack ?? lack;
    else lack ??= fitted.lack;
    if (!isNothing(fitted.amount)) owed.push({ award, amount: fitted.amount });
  }
  if (hadTimes === 0 && lack !== null && !isGift(all.owed, owed)) return { due: null, lack };
  return { due: priced(hit, owed, choosing.world.config), takes, lack: null };
}

/** A tag or a message alone is one only where the campaign promises nothing else. */
function isGift(promise: readonly Owed[], owed: readonly Owed[]): boolean {
  const isForItself = promise.every(({ award }) => award.isCompany);
  return owed.some(({ award }) => isForItself || !award.isCompany);
}
