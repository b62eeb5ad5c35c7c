/** 给轮询用: what pollers need from the receiver: how a system's records are split, named and signed. */
import { readBackAfterSeconds } from './erp/kernel/read-back.ts';
import { toInboxRows } from './files/rows.ts';
import { splitRecord } from './files/split.ts';
import { digest, hmac, type Hash, type HmacHash } from './verify/kernel/digest.ts';

export const forPollers = {
  split: splitRecord,
  readBackAfterSeconds,
  toInbox: toInboxRows,
  signing: {
    digest: (hash: Hash, text: string) => digest(hash, [text]),
    hmac: (hash: HmacHash, secret: string, text: string) => hmac(hash, secret, [text]),
  },
};
