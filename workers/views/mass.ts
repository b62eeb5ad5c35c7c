/** 群发到哪里了: how many of a mass message's people WeChat has reached, as far as it has said. */
import type { MassReceipt } from '../../schema/index.ts';
import type { MassProgress } from '../db/mass/mass-views.ts';

/** WeChat's `FilterCount` is the number left after filtering. */
export const passedOverIn = ({ total, filtered }: MassReceipt): number => Math.max(0, total - filtered);

export type MassTally = {
  /** Reached, as WeChat reports it. */
  readonly sent: number;
  /** Not reached, or passed over by WeChat. */
  readonly failed: number;
  /** Recipients of the calls that WeChat has reported on. */
  readonly reported: number;
};

export function tallyOfMass({ pages }: MassProgress): MassTally {
  const tally = { sent: 0, failed: 0, reported: 0 };
  for (const { receipt, recipients } of pages) {
    if (!receipt) continue;
    tally.sent += receipt.sent;
    tally.failed += receipt.failed + passedOverIn(receipt);
    tally.reported += recipients;
  }
  return tally;
}
