/** 积分抽奖: what can be drawn for now, what she has won, and what came of one draw with the code that is shown in the shop. */
import { raw } from 'hono/html';
import type { FC } from 'hono/jsx';
import { renderSVG } from 'uqr';
import { DrawId, type Lottery } from '../../../schema/index.ts';
import { countsOf, drawsOf, readDraw, type DrawDone } from '../../db/draws/draws.ts';
import { openLotteries } from '../../db/draws/lotteries.ts';
import { leftOf } from '../../decide/draws/lottery.ts';
import { whyNot } from '../../decide/draws/offer.ts';
import { codeWords, collectWords, drawNotWords } from '../../decide/draws/words.ts';
import { heldPoints } from '../../decide/money/held.ts';
import { shopDay } from '../../decide/money/lots.ts';
import { holdingsOf, memberOnly } from '../member/gate.ts';
import { page } from '../page.ts';
import { drawPath, drawResultAt, drawResultPath, homePath } from '../paths.ts';
import { renderBarcode } from '../ui/barcode.ts';
import { Message } from '../ui/message.tsx';
import { message, type View } from '../ui/view.ts';
import { dayOf, grouped, momentOf } from '../words.ts';
import { dayBegins } from './lottery.tsx';

export const title = '积分抽奖';
/** More than anybody looks back on. */
const wonMax = 30;

export const drawsPage = page({
  path: drawPath,
  title,
  who: memberOnly,
  get: async (visit) => {
    const { now, deps } = visit;
    const { db } = deps.engine;
    const { member, points } = await holdingsOf(visit);
    const [open, counts, won] = await Promise.all([
      openLotteries(db, shopDay(now)),
      countsOf(db, member.id, dayBegins(now)),
      drawsOf(db, member.id, { won: true, limit: wonMax }),
    ]);
    const have = Math.max(0, heldPoints(points, now).spendable);
    return {
      body: (
        <section aria-labelledby="draws">
          <h1 id="draws">{title}</h1>
          <p class="terms">
            现在可以用 <strong>{grouped(have)}</strong> 积分
          </p>
          {open.length === 0 && <p class="empty">现在没有可以抽的。</p>}
          <ul class="coupons">
            {open.map((lottery) => (
              <Open lottery={lottery} hers={{ counts: counts.get(lottery.id), have }} now={now} />
            ))}
          </ul>
          <h2>我的奖品</h2>
          {won.length === 0 && <p class="empty">还没有抽中过。</p>}
          <ul class="coupons">
            {won.map((done) => (
              <Won done={done} now={now} />
            ))}
          </ul>
          <p class="leave">
            <a href={homePath}>回会员中心</a>
          </p>
        </section>
      ),
    };
  },
});

type OpenProps = {
  readonly lottery: Lottery;
  readonly hers: Parameters<typeof whyNot>[1];
  readonly now: number;
};

const Open: FC<OpenProps> = ({ lottery, hers, now }) => {
  const { name, points, prizes, firstOn, lastOn } = lottery.definition;
  const miss = whyNot(lottery, hers, now);
  const left = prizes.reduce((sum, _, place) => sum + leftOf(lottery, place), 0);
  return (
    <li class={miss === null ? 'ticket' : 'ticket later'}>
      <p class="face">
        <strong class={points > 9_999 ? 'figure long' : 'figure'}>{grouped(points)}</strong>
        <span>积分</span>
      </p>
      <div>
        <h3>
          <a href={`${drawPath}/${lottery.id}`}>{name}</a>
        </h3>
        <p>
          {dayOf(firstOn, now)}到{dayOf(lastOn, now)}，还剩 {grouped(left)} 份奖品
        </p>
        {miss !== null && <p class="days">{drawNotWords(miss)}</p>}
      </div>
    </li>
  );
};

/** Where it stands: fetched, to be fetched, or hers already. */
function standingOf({ draw, lottery }: DrawDone, now: number): string {
  if (draw.collectedAt !== null) return `${momentOf(draw.collectedAt, now)} 已领`;
  return draw.prize?.kind === 'thing' ? collectWords(lottery.definition) : '已到账';
}

const Won: FC<{ done: DrawDone; now: number }> = ({ done, now }) => {
  const { draw } = done;
  const { prize } = draw;
  const isOpen = prize?.kind === 'thing' && draw.collectedAt === null;
  return (
    <li class={isOpen ? 'ticket' : 'ticket later'}>
      <div>
        <h3>
          <a href={drawResultAt(draw.id)}>{prize?.name}</a>
        </h3>
        {prize?.kind === 'thing' && <p>{prize.words}</p>}
        <p class="days">{standingOf(done, now)}</p>
        {isOpen && draw.code !== null && <p class="days">领奖码 {codeWords(draw.code)}</p>}
      </div>
    </li>
  );
};

export const drawResultPage = page({
  path: drawResultPath,
  title,
  who: memberOnly,
  here: (asked) => {
    const of = asked.get('of');
    return of === null ? drawResultPath : drawResultAt(of);
  },
  get: async (visit) => {
    const { member } = await holdingsOf(visit);
    const id = DrawId.safeParse(visit.context.req.query('of') ?? '');
    const done = id.success ? await readDraw(visit.deps.engine.db, id.data) : null;
    if (done?.draw.memberId !== member.id) return unknownDraw();
    return { body: <Result done={done} now={visit.now} /> };
  },
});

const unknownDraw = (): View =>
  message(
    <Message title="没有这次抽奖" action={{ href: drawPath, label: '去积分抽奖' }}>
      可能不是您抽的。
    </Message>,
    404,
  );

const Result: FC<{ done: DrawDone; now: number }> = ({ done, now }) => {
  const { draw, lottery } = done;
  const { prize, code } = draw;
  return (
    <section class="show" aria-labelledby="result">
      <h1 id="result">{prize === null ? '这次没有抽中' : `恭喜抽中${prize.name}`}</h1>
      <p role="status">{cameOf(done)}</p>
      {code !== null && (
        <>
          <p>
            <strong>{standingOf(done, now)}</strong>
          </p>
          {draw.collectedAt === null && (
            <>
              <div class="qr" role="img" aria-label="领奖码的二维码">
                {raw(renderSVG(code, { border: 2 }))}
              </div>
              <div class="bars" role="img" aria-label="领奖码的条形码">
                {raw(renderBarcode(code))}
              </div>
              <p class="written" data-code={code}>
                {codeWords(code)}
              </p>
              <p class="empty">到门店给收银员扫一扫，扫不了就报领奖码。</p>
            </>
          )}
        </>
      )}
      <p class="empty">
        {lottery.definition.name}，{momentOf(draw.at, now)}，用了 {grouped(draw.points)} 积分
      </p>
      <p class="leave">
        <a href={`${drawPath}/${lottery.id}`}>再抽一次</a>
        <a href={drawPath}>我的奖品</a>
      </p>
    </section>
  );
};

function cameOf({ draw: { prize } }: DrawDone): string {
  if (prize === null) return '谢谢参与。';
  if (prize.kind === 'thing') return prize.words;
  return prize.kind === 'points' ? `${grouped(prize.points)} 积分已到账。` : '券已经放进您的会员中心。';
}
