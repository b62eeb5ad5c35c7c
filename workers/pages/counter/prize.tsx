/** 柜台领奖: what was won is shown by its code, handed over by one button, and said once more afterwards. */
import type { FC } from 'hono/jsx';
import { DrawId, EventId, type MemberId } from '../../../schema/index.ts';
import { collectPrize, prizeShown } from '../../commands/draws/collect.ts';
import { drawsOf, readDraw, type DrawDone } from '../../db/draws/draws.ts';
import { collectMiss } from '../../decide/draws/lottery.ts';
import { codeWords, prizeMissWords } from '../../decide/draws/words.ts';
import type { Asked } from './asked.ts';
import type { Clerk } from './clerk.ts';
import { deskView, newBill, type DeskView } from './desk-view.tsx';
import { Hidden } from './desk.tsx';
import { carried } from './found.tsx';

/** Null where what was typed is no code of a prize. */
export async function lookForPrize(clerk: Clerk, asked: Asked): Promise<DeskView | null> {
  const shown = await prizeShown(clerk.deps.engine, asked.typed.code, clerk.now);
  if (!shown) return null;
  const { found, miss } = shown;
  const why = miss && prizeMissWords(miss);
  return deskView(clerk, asked, { below: <Prize clerk={clerk} asked={asked} done={found} why={why} /> });
}

/** What is still to be handed over to whoever was found, with a button or why not yet. */
export async function waitingPrizes(clerk: Clerk, asked: Asked, memberId: MemberId) {
  const { deps, now } = clerk;
  const won = await drawsOf(deps.engine.db, memberId, { won: true, limit: shownMax });
  return won
    .filter(({ draw }) => draw.code !== null && draw.collectedAt === null)
    .map((done) => {
      const miss = collectMiss(done.draw, done.lottery.definition, now);
      return <Prize clerk={clerk} asked={asked} done={done} why={miss && prizeMissWords(miss)} />;
    });
}

const shownMax = 20;

type PrizeProps = {
  readonly clerk: Clerk;
  readonly asked: Asked;
  readonly done: DrawDone;
  readonly why: string | null;
};

const Prize: FC<PrizeProps> = ({ clerk, asked, done: { draw, lottery }, why }) => (
  <section class="sheet" aria-label="奖品" data-prize={draw.code}>
    <h2>{draw.prize?.name}</h2>
    <p>{handed(draw.prize)}</p>
    <p class="hint">
      {lottery.definition.name}，领奖码 {codeWords(draw.code ?? '')}
    </p>
    {why === null ? (
      <form method="post" action={clerk.path}>
        <Hidden clerk={clerk} fields={{ act: 'collect', ...carried(asked), code: draw.code ?? '' }} />
        <p class="buttons">
          <button class={clerk.looks.first}>东西给了顾客，领奖</button>
        </p>
      </form>
    ) : (
      <p class="note stop">{why}</p>
    )}
  </section>
);

const handed = (prize: DrawDone['draw']['prize']): string => (prize?.kind === 'thing' ? prize.words : '');

/** One form is one handing over, however often it is sent. */
export async function collect(clerk: Clerk, asked: Asked): Promise<DeskView | Response> {
  const { deps, now, name, path, context } = clerk;
  const { typed, storeId, fault, form } = asked;
  if (fault || storeId === null)
    return deskView(clerk, asked, { sorry: fault?.text ?? '请选您现在在哪家门店。', status: 422 });
  const id = EventId.parse(`prize_${form}`);
  const done = await collectPrize(deps.engine, { id, code: typed.code, storeId, by: name }, now);
  if ('undecided' in done) return deskView(clerk, asked, notDone);
  if ('miss' in done)
    return deskView(clerk, newBill(clerk), { sorry: prizeMissWords(done.miss), status: 409 });
  const { draw } = done.done;
  if (done.isNew) await clerk.recordPrize({ drawId: draw.id, memberId: draw.memberId, storeId });
  return context.redirect(`${path}?collected=${encodeURIComponent(draw.id)}`, 303);
}

const notDone = { sorry: '没有办成：系统正忙，请再按一次，不会领两次。', status: 503 } as const;

export async function justCollected({ deps }: Clerk, id: string) {
  const parsed = DrawId.safeParse(id);
  const done = parsed.success ? await readDraw(deps.engine.db, parsed.data) : null;
  if (!done || done.draw.collectedAt === null) return null;
  return (
    <p class="note good" role="status">
      已领奖：{done.draw.prize?.name}，{handed(done.draw.prize)}。
    </p>
  );
}
