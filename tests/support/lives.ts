/** 一生: everything a till tells of one person, matched or not, applied, parked or waiting. */
import { line, recharge, refund, rfc3339, sale, voided } from './builders.ts';

export type Person = {
  /** What all their numbers begin with. */
  readonly mark: string;
  readonly externalId: string;
  readonly cardNo: string;
  /** As this till writes it. */
  readonly phone: string;
  readonly name: string;
  readonly address: string;
  readonly born: string;
};

/** Tills send more of a person than we read. */
const withMore = (event: object, { name, address }: Person): object => ({
  ...event,
  remark: `${name}，送到${address}`,
  receiver: { name, address },
});

/** The sale that the last of the person's refunds waits for. */
export const lateSale = ({ mark }: Person): object =>
  sale({ orderNo: `${mark}late`, member: null, at: '2026-11-22 12:00' });

export const deletion = ({ mark, externalId }: Person): object => ({
  type: 'member.deleted',
  id: `${mark}delete`,
  occurredAt: rfc3339('2026-11-23 10:00'),
  data: { externalId },
});

/** One after the other, each with its name. */
export function lifeOf(person: Person): Readonly<Record<string, object>> {
  const { mark, externalId, cardNo, phone, name, born } = person;
  const lines = [line({ lineNo: '1' }), line({ lineNo: '2', sku: 'nappy' })];
  const [both, byPhone, unnamed] = [`${mark}3`, `${mark}4`, `${mark}5`];
  const first = { orderNo: `${mark}1`, member: { externalId, phone, name }, lines };
  const told: Readonly<Record<string, object>> = {
    'a sale': sale(first),
    'a sale by card, of a record of its own': sale({ orderNo: `${mark}2`, member: { cardNo, name } }),
    'a sale by both, which joins them': sale({ orderNo: both, member: { externalId, cardNo }, lines }),
    'a sale by phone': sale({ orderNo: byPhone, member: { phone, name } }),
    'an update': {
      type: 'member.updated',
      id: `${mark}u`,
      occurredAt: rfc3339('2026-11-22 15:00'),
      data: { externalId, phone, name, birthday: born },
    },
    'the same sale again': sale({ ...first, id: `${mark}again` }),
    'the same sale, otherwise': sale({ ...first, id: `${mark}other`, paidFen: 7 }),
    'a sale whose lines have one number': sale({
      ...first,
      orderNo: `${mark}6`,
      lines: [line({ lineNo: '1' }), line({ lineNo: '1' })],
    }),
    'a return': refund({ refundNo: `${mark}R1`, orderNo: both, lines: [line({ originalLineNo: '1' })] }),
    'a return whose sale has not come': refund({
      refundNo: `${mark}R2`,
      orderNo: `${mark}late`,
      member: { externalId, phone, name },
      refundedFen: 10_000,
    }),
    'a return without its sale': refund({
      refundNo: `${mark}R3`,
      orderNo: null,
      scope: 'no_original',
      member: { phone, name },
      refundedFen: 500,
    }),
    'a recharge': recharge({ rechargeNo: `${mark}CZ`, id: `${mark}cz`, member: { externalId, name } }),
    'a void': voided({ orderNo: byPhone, id: `${mark}void` }),
    'a sale to nobody': sale({ orderNo: unnamed, member: null }),
    'and to them after all': sale({ orderNo: unnamed, version: '2', member: { externalId, name } }),
  };
  return Object.fromEntries(Object.entries(told).map(([what, event]) => [what, withMore(event, person)]));
}
