/** 收银台: makes up sales, batches of sales and returns, and remembers what each member ought to have in the end. */
import { basket, skuOf } from '../bench/catalogue.ts';
import type { Random } from '../bench/random.ts';
import { memberRef, orderNoOf, saleEvent } from '../bench/sales.ts';
import { bring, type Asked } from './coupons.ts';
import { shop } from './protocol.ts';

export type Sold = {
  readonly number: number;
  readonly orderNo: string;
  readonly member: number;
  readonly lines: number;
  readonly codes: readonly string[];
  /** A line's place, or all of them. */
  returned: number | 'all' | null;
};

/** One request; sent again under the same id, with the same body, until it is acknowledged. */
export type Job = {
  readonly id: string;
  readonly body: string;
  readonly senderIds: readonly string[];
  /** Asked before it is sent for the first time, and how long it is until then. */
  readonly asks: readonly Asked[];
  readonly pauseMs: number;
  isAcknowledged: boolean;
  /** How often it was sent without an answer. */
  doubts: number;
};

export type CashDesk = {
  readonly sales: readonly Sold[];
  readonly jobs: readonly Job[];
  readonly next: () => Job;
};

const batchMax = 40;

export function cashDesk(random: Random, occurredAt: string): CashDesk {
  const sales: Sold[] = [];
  const jobs: Job[] = [];

  let brought: { asks: Asked[]; pauseMs: number } = { asks: [], pauseMs: 0 };

  const sell = (): object => {
    const number = sales.length;
    const member = random.below(shop.members);
    const lines = 1 + random.below(basket.length);
    const orderNo = orderNoOf(number);
    const { codes, asks, pauseMs } = bring(random, member, orderNo);
    brought = { asks: [...brought.asks, ...asks], pauseMs: Math.max(brought.pauseMs, pauseMs) };
    sales.push({ number, orderNo, member, lines, codes, returned: null });
    return saleEvent({
      number,
      member,
      catalogue: shop.shape.catalogue,
      lines,
      occurredAt,
      couponCodes: codes,
    });
  };

  const takeBack = (sale: Sold): object => {
    const place = random.below(sale.lines);
    const isAll = sale.lines === 1 || random.chance(30);
    sale.returned = isAll ? 'all' : place;
    return refundEvent(sale, occurredAt);
  };

  const events = (): object[] => {
    const dice = random.below(100);
    if (dice < 45 || sales.length === 0) return [sell()];
    if (dice < 55) return Array.from({ length: 2 + random.below(batchMax - 1) }, sell);
    // A sale that was sent a moment ago may still be on its way: then its return has to wait for it.
    const recent = sales.slice(-60).filter(({ returned }) => returned === null);
    return recent.length === 0 ? [sell()] : [takeBack(random.pick(recent))];
  };

  return {
    sales,
    jobs,
    next: () => {
      brought = { asks: [], pauseMs: 0 };
      const told = events();
      const job: Job = {
        id: `msg-${jobs.length}`,
        body: JSON.stringify(told.length === 1 ? told[0] : { events: told }),
        senderIds: told.map((event) => String(Reflect.get(event, 'id'))),
        ...brought,
        isAcknowledged: false,
        doubts: 0,
      };
      jobs.push(job);
      return job;
    },
  };
}

function refundEvent({ orderNo, number, member, lines, returned }: Sold, occurredAt: string): object {
  const goods = basket.slice(0, lines);
  const back = returned === 'all' ? goods : goods.filter((_, place) => place === returned);
  return {
    type: 'refund.completed',
    id: `R${number}`,
    occurredAt,
    data: {
      refundNo: `R${number}`,
      orderNo,
      scope: returned === 'all' ? 'full' : 'partial',
      member: memberRef(member),
      lines: back.map(({ place, name, pieces, amountFen }) => ({
        originalLineNo: String(goods.findIndex((good) => good.place === place) + 1),
        kind: 'normal',
        sku: skuOf(place),
        name,
        quantity: String(pieces),
        amountFen,
      })),
      amounts: { refundedFen: back.reduce((sum, { amountFen }) => sum + amountFen, 0) },
    },
  };
}

/** What is left of a sale, worked out without the code under test. */
export function keptFen({ lines, returned }: Sold): number {
  if (returned === 'all') return 0;
  return basket
    .slice(0, lines)
    .reduce((sum, { amountFen }, place) => sum + (place === returned ? 0 : amountFen), 0);
}
