/** 转账: transfers from the shop to members' WeChat, and calling one off while that is possible. */
import * as z from 'zod';
import { MemberId, transferStates } from '../../../schema/index.ts';
import { endOfTime } from '../../db/paging.ts';
import { callOff, unknownTransfer } from '../../commands/members/call-off.ts';
import { listTransfers, readTransfer } from '../../db/members/transfers.ts';
import { commit } from '../call/commit.ts';
import { ok, route } from '../call/define.ts';
import { listOf, paged, pageQuery } from '../call/paging.ts';
import { TransferAnswer, viewTransfer } from './transfer-view.ts';

const common = { tag: 'Transfers', scope: 'admin', statuses: [200] } as const;
const params = z.strictObject({ id: z.string().regex(/^[A-Za-z0-9]{1,32}$/, 'is a bill number') });

const list = route({
  ...common,
  method: 'GET',
  path: '/transfers',
  summary: 'Payments to members, newest first',
  description:
    'A page may be short, or empty, and still have a `next`: rare states are looked for step by step.',
  query: z.strictObject({
    state: z.enum(transferStates).optional(),
    member: MemberId.optional(),
    ...pageQuery,
  }),
  answer: listOf('TransferList', TransferAnswer),
  handle: ({ deps, query: { state = null, member = null, ...page } }) =>
    paged(
      page,
      {
        cursor: z.int(),
        start: endOfTime,
        read: (before, limit) => listTransfers(deps.db, { state, member }, before, limit),
      },
      viewTransfer,
    ),
});

const get = route({
  ...common,
  method: 'GET',
  path: '/transfers/{id}',
  summary: 'One payment',
  description: 'How far it has come with WeChat Pay; what failed or was called back is in the wallet again.',
  refusals: { 404: ['unknown_transfer'] },
  params,
  answer: TransferAnswer,
  handle: async ({ deps, params: { id } }) => {
    const transfer = await readTransfer(deps.db, id);
    return transfer ? ok(viewTransfer(transfer)) : unknownTransfer;
  },
});

const cancel = route({
  ...common,
  method: 'POST',
  path: '/transfers/{id}/cancel',
  summary: 'Call a payment back',
  description:
    'It is not sent any more, and WeChat Pay is asked to undo it if it has it. The money is back in the wallet when the state is cancelled; a member who confirms first is paid.',
  refusals: { 404: ['unknown_transfer'], 409: ['transfer_ended', 'idempotency_key_reused'] },
  params,
  answer: TransferAnswer,
  handle: async (call) => {
    const draft = await callOff(call.deps.db, call.params.id, call.now);
    return 'code' in draft ? draft : commit(call, draft, ok(viewTransfer(draft.row)));
  },
});

export const transferRoutes = [list, get, cancel];
