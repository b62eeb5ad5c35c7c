/** 确认收款: how far a transfer to the member has come, and the button to confirm it. */
import type { FC } from 'hono/jsx';
import type { IdentityKey } from '../../../schema/index.ts';
import { findMembers } from '../../db/members/members.ts';
import { readTransfer, type TransferRow } from '../../db/members/transfers.ts';
import { failReasonWords, ownTransferWords } from '../../words/transfer-words.ts';
import { policy } from '../headers.ts';
import { page, person } from '../page.ts';
import { transferPath } from '../paths.ts';
import { stepOf, type Confirm, type Step } from './transfer-step.ts';
import { jssdkHost, jssdkUrl } from '../ui/transfer-script.ts';
import { yuanFigure } from '../../decide/plain/yuan.ts';

/** 商户单号, as WeChat Pay takes it. */
const billPath = transferPath(':outBillNo{[0-9A-Za-z]{1,32}}');

export const transferPage = page({
  path: billPath,
  title: '确认收款',
  who: person,
  get: async ({ deps, context, session }) => {
    const { db } = deps.engine;
    const [[own], transfer] = await Promise.all([
      findMembers(db, `openid:${session.openid}` as IdentityKey),
      readTransfer(db, context.req.param('outBillNo') ?? ''),
    ]);
    // Another member's transfer looks like one that does not exist.
    if (!own || transfer?.memberId !== own.member.id) return context.notFound();
    const step = await stepOf(deps, context, { session, memberId: own.member.id, transfer });
    context.header('content-security-policy', policy(context.get('nonce'), jssdkHost));
    const body = <Payment transfer={transfer} step={step} />;
    const isAsked = step !== null && 'confirm' in step;
    return isAsked ? { body, scripts: [jssdkUrl, 'transfer.js'] } : { body };
  },
});

const kindWords: Readonly<Record<TransferRow['kind'], string>> = { withdrawal: '提现', 'red-packet': '红包' };

const Payment: FC<{ transfer: TransferRow; step: Step }> = ({ transfer, step }) => {
  const { kind, amountFen, state, failReason } = transfer;
  const why = state === 'failed' ? failReasonWords(failReason) : null;
  return (
    <>
      <section class="card" aria-label={kindWords[kind]}>
        <h1>{kindWords[kind]}</h1>
        <p class="points">
          <span>金额（元）</span>
          <strong data-amount>{yuanFigure(amountFen)}</strong>
        </p>
      </section>
      <p class="guide" data-state={state}>
        {ownTransferWords(state)}
        {why !== null && `（${why}）`}。
      </p>
      {step !== null &&
        ('say' in step ? <p class="empty">{step.say}</p> : <ConfirmButton confirm={step.confirm} />)}
    </>
  );
};

const ConfirmButton: FC<{ confirm: Confirm }> = ({ confirm }) => (
  <div class="second">
    <p class="hint">超过24小时没有确认，钱会退回您在本店的账户。</p>
    <button class="button" type="button" data-confirm={JSON.stringify(confirm)}>
      确认收款
    </button>
    <p class="note" role="status" data-said></p>
  </div>
);
