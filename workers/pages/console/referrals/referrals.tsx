/** 邀请好友 in the office: who brought whom, by state, and the queue of those that somebody has to look at. */
import type { FC } from 'hono/jsx';
import { EventId, ReferralId, referralStates, type ReferralState } from '../../../../schema/index.ts';
import { review } from '../../../commands/referrals/review.ts';
import { fromNewest } from '../../../db/paging.ts';
import { countReferrals, referralsIn, type ReferralShown } from '../../../db/referrals/lists.ts';
import { readSettings } from '../../../db/shop/settings.ts';
import { newId } from '../../../platform/digest.ts';
import { maskName } from '../../../views/mask.ts';
import {
  giftWords,
  referralReasonWords,
  referralStateWords,
} from '../../../words/holdings/referral-words.ts';
import { nameOfTemplates } from '../../member/invite/names.ts';
import { count, maskedPhone, moment, money } from '../kit/format.ts';
import { office } from '../kit/nav.ts';
import { saying } from '../kit/paths.ts';
import { Act, asked, Mark, Sheet, Table, type Column, type Tone } from '../kit/parts.tsx';
import { record } from '../kit/record.ts';
import { screen } from '../kit/screen.ts';
import type { Visit } from '../kit/visit.ts';

const path = '/console/referrals';
const rulesPath = '/console/settings/referral';
const listedMax = 50;
/** As they are worked through: what waits for somebody is at the front. */
const tabs: readonly ReferralState[] = ['review', 'paid', 'waiting', 'refused', 'rejected', 'new'];

const list = screen({
  path,
  title: '邀请好友',
  who: office,
  get: async (visit) => {
    const { db, deps, query } = visit;
    const state = referralStates.find((one) => one === query.get('state')) ?? 'review';
    const before = { at: Number(query.get('before')) || fromNewest.at, id: query.get('id') ?? fromNewest.id };
    const [rows, counts, nameOf, { referral: rules }] = await Promise.all([
      referralsIn(db, state, before, listedMax),
      countReferrals(db),
      nameOfTemplates(deps.engine),
      readSettings(db),
    ]);
    const last = rows.length === listedMax ? rows.at(-1)?.referral : undefined;
    return {
      lead: rules.on
        ? '会员用自己的邀请码带来的新会员。和别人用过同一部手机、同一个网络的，先放在“等您核对”：一家人常常共用，通过了就发奖励，不通过就不发。'
        : '现在没有打开邀请好友。以前带来的还列在下面，说好的提成照常结算。',
      acts:
        visit.person.role === 'owner' ? (
          <a class="button" href={rulesPath}>
            规则
          </a>
        ) : undefined,
      body: (
        <>
          <nav class="tabs" aria-label="状态">
            {tabs.map((one) => (
              <a href={asked(path, { state: one })} aria-current={one === state ? 'page' : undefined}>
                {referralStateWords[one]} {count(counts.get(one) ?? 0)}
              </a>
            ))}
          </nav>
          <Sheet>
            <Listed visit={visit} state={state} rows={rows} nameOf={nameOf} next={nextOf(state, last)} />
          </Sheet>
        </>
      ),
    };
  },
});

const nextOf = (state: ReferralState, last: ReferralShown['referral'] | undefined): string | null =>
  last ? asked(path, { state, before: String(last.at), id: last.id }) : null;

type ListedProps = {
  readonly visit: Visit;
  readonly state: ReferralState;
  readonly rows: readonly ReferralShown[];
  readonly nameOf: (templateId: string) => string;
  readonly next: string | null;
};

const Listed: FC<ListedProps> = ({ visit: { now, token }, state, rows, nameOf, next }) => (
  <Table
    caption="最近的在上面"
    rows={rows}
    empty={state === 'review' ? '没有要核对的。' : '这里还没有。'}
    next={next}
    columns={[
      { label: '来的时间', show: ({ referral: { at } }) => moment(at, now) },
      { label: '邀请人', show: ({ inviter }) => <Who person={inviter} /> },
      { label: '好友', show: ({ friend }) => (friend ? <Who person={friend} /> : '没有留资料') },
      { label: '说明', show: (one) => <Standing one={one} /> },
      ...(state === 'review' ? [decidingColumn(token)] : broughtColumns(nameOf)),
    ]}
  />
);

const decidingColumn = (token: string): Column<ReferralShown> => ({
  label: '核对',
  show: ({ referral: { id } }) => <Deciding id={id} token={token} />,
});

const broughtColumns = (nameOf: ListedProps['nameOf']): readonly Column<ReferralShown>[] => [
  { label: '奖励', show: ({ referral }) => giftWords(referral, nameOf) },
  {
    label: '好友消费（元）',
    isNumber: true,
    show: ({ invited, referral }) => money(Math.max(0, invited?.spentFen ?? referral.spentFen)),
  },
  { label: '提成（元）', isNumber: true, show: ({ referral }) => money(referral.commissionFen) },
];

type Person = { readonly id: string; readonly name: string | null; readonly phone: string | null };

const Who: FC<{ person: Person }> = ({ person: { id, name, phone } }) => (
  <a href={`/console/members/${encodeURIComponent(id)}`}>
    <span class="whole">{phone === null ? '已经注销' : maskedPhone(phone)}</span>
    {name !== null && phone !== null && `（${maskName(name)}）`}
  </a>
);

const tones: Readonly<Record<ReferralState, Tone>> = {
  new: 'wait',
  review: 'wait',
  waiting: 'wait',
  paid: 'good',
  refused: 'plain',
  rejected: 'stop',
};

const Standing: FC<{ one: ReferralShown }> = ({ one: { referral } }) => (
  <div>
    <Mark tone={tones[referral.state]}>{referralStateWords[referral.state]}</Mark>
    {referral.why !== null && <small> {referralReasonWords[referral.why]}</small>}
    {referral.by !== null && <small> {referral.by}</small>}
  </div>
);

const Deciding: FC<{ id: string; token: string }> = ({ id, token }) => (
  <div>
    <Act action={`${path}/review`} token={token} label="通过" fields={{ id, approve: 'yes' }} />{' '}
    <Act action={`${path}/review`} token={token} label="不通过" tone="stop" fields={{ id, approve: 'no' }} />
  </div>
);

const deciding = screen({
  path: `${path}/review`,
  title: '核对邀请',
  who: office,
  post: async (visit, form) => {
    const { deps, now, person, context } = visit;
    const id = ReferralId.safeParse(form.get('id'));
    const approve = form.get('approve');
    if (!id.success || (approve !== 'yes' && approve !== 'no')) return context.redirect(path, 303);
    const isApproved = approve === 'yes';
    const asking = { id: EventId.parse(newId('rr')), referralId: id.data, isApproved, by: person.name };
    const done = await review(deps.engine, asking, now);
    if (!('shown' in done)) return context.redirect(saying(path, 'referral-settled'), 303);
    const { state, walletFen, coupons, memberId } = done.shown.referral;
    await record(visit, {
      act: 'referral.review',
      subject: memberId,
      before: { state: 'review' },
      after: { state, walletFen, coupons },
    });
    return context.redirect(saying(path, isApproved ? 'referral-approved' : 'referral-rejected'), 303);
  },
});

export const referralScreens = [list, deciding];
