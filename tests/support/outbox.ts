/** Messages put straight into the outbox, for tests that are about sending and not about why. */
import { outbox, type Message } from '../../schema/index.ts';
import { insertSet } from '../../workers/db/set.ts';
import type { Shop } from './shop.ts';

type Queued = Pick<Message, 'kind' | 'payload'> & {
  readonly openid?: string;
  readonly memberId?: string;
  readonly associateId?: string;
};

let number = 0;

/** Due now. */
export function queue({ db, clock }: Pick<Shop, 'db' | 'clock'>, { kind, payload, ...to }: Queued): void {
  number += 1;
  const row = {
    cause: `test-${String(number)}`,
    kind,
    payload,
    memberId: null,
    associateId: null,
    ...to,
    state: 'pending' as const,
    dueAt: clock.now,
    attempts: 0,
    createdAt: clock.now,
  };
  // Ids are branded for decisions; the table holds text.
  const { sql, params } = insertSet(outbox, [row as never], ['seq']);
  db.all(sql, ...params);
}
