/** What an ERP adapter has to say for itself: how its requests are verified, taken apart, understood and answered. */
import type { InboxEvent, Source } from '../../../schema/index.ts';
import type { Normalised } from '../../process.ts';
import type { Problem } from '../../problem.ts';
import type { RawEvent, Stored } from '../intake.ts';

export type Adapter = {
  readonly name: string;
  /** Over the raw bytes, before anything is parsed. Null is a valid signature. */
  readonly verify: (
    request: { readonly headers: Headers; readonly body: Uint8Array },
    secrets: readonly string[],
    nowSeconds: number,
  ) => Promise<Problem | null>;
  /** Only as much parsing as storing needs. */
  readonly split: (text: string) => { readonly events: readonly RawEvent[]; readonly isBatch: boolean } | Problem;
  /** After the ack: a new field of a vendor can never lose a sale. */
  readonly normalise: (row: InboxEvent, source: Pick<Source, 'namespace'>) => Normalised;
  readonly acknowledge: (stored: readonly Stored[], isBatch: boolean) => Response;
};
