/** A shop that pays out: the real engine and the real payer, WeChat Pay played by the test. */
import { transfers, type EventId, type MemberId } from '../../schema/index.ts';
import { configCache } from '../../workers/db/world/config.ts';
import type { Db } from '../../workers/db/db.ts';
import { decodeAll, selectList } from '../../workers/db/set.ts';
import type { TransferRow } from '../../workers/db/members/transfers.ts';
import type { Engine } from '../../workers/engine/engine.ts';
import { payDue, type Payer } from '../../workers/payout/pay.ts';
import { processPending } from '../../workers/engine/process.ts';
import { receivePay } from '../../workers/receive/pay/pay.ts';
import { askWithdrawal, type Withdrawal } from '../../workers/commands/members/withdraw.ts';
import { playPay, type NoticeGiven, type PayDouble } from './pay.ts';
import { postElsewhere } from './kept.ts';
import { memberId, openShop, type Shop, type ShopSetup } from './shop.ts';
import { sale } from './builders.ts';

export const appId = 'wx5823bf96d3bd56c7';
const roundSize = 20;

export type PayShop = {
  readonly shop: Shop;
  readonly engine: Engine;
  readonly payer: Payer;
  readonly pay: PayDouble;
  /** Decides what was posted, as a shop with keys of WeChat Pay does. */
  readonly tell: (...bodies: readonly object[]) => Promise<void>;
  readonly withdraw: (who: string, amountFen: number, id?: string) => Promise<Withdrawal>;
  /** One round of the payer. */
  readonly round: (payer?: Payer) => Promise<number>;
  readonly notify: (outBillNo: string, given?: NoticeGiven) => Promise<Response>;
  /** Turns the clock. */
  readonly later: (ms: number) => void;
  readonly rows: () => TransferRow[];
};

export const payout = { mode: 'transfer' as const, minFen: 100, maxFen: 20_000, perMemberDayFen: 50_000 };
export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;

export async function openPayShop(
  setup: Omit<ShopSetup, 'settings'> & { readonly settings?: object } = {},
): Promise<PayShop> {
  const settings = { publicUrl: 'https://shop.example', payout, ...setup.settings };
  // What is left out is filled in when it is stored.
  const through = (db: Db): Db => slow(setup.through?.(db) ?? db);
  const shop = await openShop({ ...setup, through, settings: settings as never });
  const { clock, receiver } = shop;
  const engine: Engine = { ...shop.engine, config: configCache(shop.engine.db, { canPay: true, appId }) };
  const pay = playPay(clock);
  const payer: Payer = { engine, client: pay.client, appId, clock: () => clock.now, jitter: () => 0.5 };
  let asked = 0;
  const work = async (): Promise<void> => {
    while ((await processPending(engine, 250, clock.now)) > 0);
  };
  return {
    shop,
    engine,
    payer,
    pay,
    tell: async (...bodies) => {
      if (bodies.length > 0) await shop.post(...bodies);
      await work();
    },
    withdraw: async (who, amountFen, id) => {
      asked += 1;
      const event = { id: (id ?? `ask-${String(asked)}`) as EventId, memberId: idOf(shop, who), amountFen };
      return askWithdrawal(engine, event, clock.now);
    },
    round: (given = payer) => payDue(given, roundSize, clock.now),
    notify: async (outBillNo, given) => {
      const { notices } = pay;
      const answer = await receivePay({ ...receiver, notices }, pay.notice(outBillNo, given));
      await work();
      return answer;
    },
    later: (ms) => {
      clock.now += ms;
    },
    rows: () =>
      decodeAll(
        transfers,
        shop.db.all(`SELECT ${selectList(transfers, 't')} FROM transfers AS t ORDER BY seq`),
      ),
  };
}

/** A real database takes its time: whoever asks at the same time gets their turn in between. */
const slow = (db: Db): Db => ({
  batch: async (statements) => {
    await new Promise((resolve) => setImmediate(resolve));
    return db.batch(statements);
  },
});

export const idOf = (shop: Pick<Shop, 'db'>, who: string): MemberId =>
  memberId(shop.db, `ext:pos:${who}`) as MemberId;

/** A member with this much in the wallet, who follows the account. */
export async function member(
  { shop, tell }: PayShop,
  who: string,
  fen: number,
  openid: string | null = `open-${who}`,
): Promise<void> {
  const first = sale({
    orderNo: `first-${who}`,
    id: `first-${who}`,
    member: { externalId: who, ...(openid !== null && { openid }) },
  });
  await tell({ ...first, occurredAt: new Date(shop.clock.now).toISOString() });
  if (fen > 0) {
    postElsewhere(shop.db, idOf(shop, who), 'wallet', fen);
  }
}
