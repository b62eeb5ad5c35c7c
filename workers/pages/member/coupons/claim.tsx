/** 领券页: at a link or with a printed code: what it is, until when and where it works, and one button. */
import { wrongCodesPerHour } from '../../../commands/coupons/open-code.ts';
import { batchMiss } from '../../../decide/coupons/batches.ts';
import {
  claimMissWords,
  codeUnknownWords,
  guessedOftenWords,
  typoWords,
} from '../../../words/misses/claim-misses.ts';
import { newWord } from '../../keys.ts';
import { page, person, type Visit } from '../../page.ts';
import { claimPath, claimPathIn, homePath, invitationOf, registerWith } from '../../paths.ts';
import { tokenOf } from '../../posted.tsx';
import { Message } from '../../ui/message.tsx';
import { message, type Answered, type View } from '../../ui/view.ts';
import {
  claimWanted,
  pathOfClaimed,
  wantedByCode,
  wantedByLink,
  type Unread,
  type Wanted,
} from './claiming.ts';
import { carriedOf, CodeForm, OfferShown } from './offer.tsx';

const title = '领券';

const askedIn = ({ context }: Visit): URLSearchParams => new URL(context.req.url).searchParams;

/** What an address of ours may say, and a form of ours says again. */
const here = (asked: URLSearchParams, pathname: string): string => {
  const query = new URLSearchParams(carriedOf(asked));
  return query.size === 0 ? pathname : `${pathname}?${query.toString()}`;
};

export const linkPage = page({
  path: `${claimPath}/:id`,
  title,
  who: person,
  here,
  get: async (visit) => {
    const wanted = await wantedByLink(visit, idOf(visit), askedIn(visit));
    return wanted ? offered(visit, wanted, askedIn(visit)) : unknownLink();
  },
  post: async (visit, form) => {
    const wanted = await wantedByLink(visit, idOf(visit), form);
    return wanted ? taken(visit, wanted, form) : unknownLink();
  },
});

export const printedCodePage = page({
  path: claimPath,
  title: '输入券码',
  who: person,
  here,
  get: async (visit) => {
    const asked = askedIn(visit);
    const typed = asked.get('code') ?? '';
    if (typed.trim() === '') return { body: <CodeForm typed="" /> };
    const wanted = await wantedByCode(visit, typed);
    return wanted && 'offer' in wanted ? offered(visit, wanted, asked) : again(typed, wanted);
  },
  post: async (visit, form) => {
    const typed = form.get('code') ?? '';
    const wanted = await wantedByCode(visit, typed);
    return wanted && 'offer' in wanted ? taken(visit, wanted, form) : again(typed, wanted);
  },
});

const idOf = ({ context }: Visit): string => context.req.param('id') ?? '';

type Refused = {
  readonly why: string;
  readonly status: 409 | 503;
  /** Sent once more, it is the same claim. */
  readonly once: string;
};

async function offered(
  visit: Visit,
  wanted: Wanted,
  asked: URLSearchParams,
  refused: Refused | null = null,
): Promise<View> {
  const { deps, session, now, context } = visit;
  const { batch, used } = wanted.offer;
  const miss = batchMiss(batch, { used, now });
  const why = refused?.why ?? (miss && claimMissWords(miss));
  const claim = claimPathIn(here(asked, context.req.path));
  const body = (
    <OfferShown
      wanted={wanted}
      now={now}
      token={await tokenOf(deps, session)}
      once={refused?.once ?? newWord()}
      carried={carriedOf(asked)}
      registerAt={registerWith({ ...invitationOf(asked), claim })}
      why={why}
      isOpen={why === null || refused?.status === 503}
    />
  );
  return { title, body, status: refused?.status ?? 200 };
}

async function taken(visit: Visit, wanted: Wanted, form: URLSearchParams): Promise<Answered> {
  const { memberId } = wanted.offer;
  if (memberId === null) return offered(visit, wanted, form);
  const once = form.get('once') ?? newWord();
  const claimed = await claimWanted(visit, wanted, { memberId, once });
  if ('held' in claimed) return visit.context.redirect(await pathOfClaimed(visit, claimed), 303);
  if ('miss' in claimed) {
    const refused = { why: claimMissWords(claimed.miss), status: 409, once } as const;
    return offered(visit, wanted, form, refused);
  }
  return offered(visit, wanted, form, { why: notDone, status: 503, once });
}

const notDone = '刚才没有领成，请再点一次，不会多领。';

const unknownLink = (): View =>
  message(
    <Message title="没有这个领券活动" action={{ href: homePath, label: '去会员中心' }}>
      链接可能抄漏了，也可能是别家店的。有疑问请问店员。
    </Message>,
    404,
  );

function again(typed: string, unread: Unread | null): View {
  const { status, problem } = saidOf(unread);
  return { body: <CodeForm typed={typed} problem={problem} />, status };
}

function saidOf(unread: Unread | null): { readonly status: 404 | 422 | 429; readonly problem: string } {
  if (unread === null || 'isUnknown' in unread) return { status: 404, problem: codeUnknownWords };
  return 'typo' in unread
    ? { status: 422, problem: typoWords(unread) }
    : { status: 429, problem: guessedOftenWords(wrongCodesPerHour.member) };
}
