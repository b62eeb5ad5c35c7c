/** The Worker under measurement: does again and again with a request what is done with a sale before it is decided. */
import * as z from 'zod';
import { EventId, type InboxEvent } from '../../schema/index.ts';
import { generic } from '../../workers/receive/erp/generic.ts';

// As the deployed Worker is set: no code is made while it runs.
z.config({ jitless: true });

const source = { namespace: 'pos', config: null };

/** At `/verified` or `/parted`; `calls` says how often, `secret` and `now` what the signature goes by. */
export default {
  fetch: async (request) => {
    const { pathname, searchParams } = new URL(request.url);
    const body = new Uint8Array(await request.arrayBuffer());
    const { headers } = request;
    const row = rowOf(new TextDecoder().decode(body));
    const [secrets, now] = [[searchParams.get('secret') ?? ''], Number(searchParams.get('now'))];
    let good = 0;
    for (let call = 0; call < Number(searchParams.get('calls')); call += 1) {
      if (pathname === '/parted') {
        good += Number('events' in generic.split(new TextDecoder().decode(body)));
      } else {
        const refused = await generic.verify({ headers, body }, secrets, now);
        good += Number(refused === null && 'event' in generic.normalise(row, source));
      }
    }
    return new Response(String(good));
  },
} satisfies ExportedHandler;

const rowOf = (body: string): InboxEvent => ({
  id: EventId.parse('ev_1'),
  sourceId: 'till',
  senderId: 'msg-1',
  type: 'sale.completed',
  body,
  seq: 1,
  revision: 1,
  receivedAt: Date.now(),
  state: 'received',
  attempts: 0,
  memberId: null,
  waitsFor: null,
  note: null,
  outcome: null,
  decidedAt: null,
  trust: 'signed',
  subject: null,
});
