/** 转话: what an associate says to the account goes to the member whose words were passed on to her last. */
import type { Associate, FanSaid, StaffSaid } from '../../../schema/index.ts';
import type { Effect } from '../effects.ts';
import { asWords, render } from '../plain/texts.ts';
import type { World } from '../world.ts';
import { replyDueAt, variablesOf, type About } from './fans.ts';
import { answerWithinMs, type PassedOn } from './heard.ts';
import { keywordAlone } from './keywords.ts';
import { say } from './say.ts';

/** WeChat takes no longer text. */
const textBytesMax = 2_048;

type Said = FanSaid | StaffSaid;
type Speaker = { readonly associate: Associate; readonly about: About };

/** She hears to whom it went, and if it went to nobody, why. */
export function associateSaid(world: World, event: Said, speaker: Speaker): readonly Effect[] {
  const asked = lastPassedOn(world, speaker.associate, event.occurredAt);
  const tell = (text: string): Effect => telling(world, event, { ...speaker, asked, text });
  const { text } = event;
  // A slip of the thumb would cost the member one of the few messages that WeChat takes.
  if (text !== null && isBlank(text)) return [tell('这条没有转给会员：里面没有字。')];
  if (text === null) return [tell('这条没有转给会员：只有文字能转，请打字回复。')];
  const keyword = keywordSaid(world, text, { ...speaker, asked });
  if (keyword !== null) return [tell(keyword)];
  if (asked === null) {
    return [
      tell(
        '这句话没有转给会员：最近半小时没有会员的话转给您。会员的话转来以后，半小时内直接回复就会转过去。',
      ),
    ];
  }
  const who = nameOf(asked);
  const bytes = new TextEncoder().encode(asWords(text)).length;
  if (bytes > textBytesMax) return [tell(`没有转给${who}：这段话太长了，请分成几条发。`)];
  if (!asked.isOpen) return [tell(`没有转给${who}：微信不让再发了，要等对方再说话。急的话请打电话。`)];
  const otherwise = {
    text: `刚才的话没有送到${who}，急的话请打电话。`,
    associateId: speaker.associate.id,
  };
  const { openid, memberId } = asked;
  return [
    ...say(
      { event, openid, memberId, associateId: speaker.associate.id, text },
      { text: asWords(text), otherwise },
    ),
    tell(`已转给${who}。`),
  ];
}

const isBlank = (text: string): boolean => /^[\s\p{Cf}\p{Cc}]*$/u.test(text);

const nameOf = ({ name }: PassedOn): string => asWords(name ?? '') || '会员';

function lastPassedOn({ passedOn }: World, { id }: Associate, at: number): PassedOn | null {
  const heard = passedOn.filter(
    (one) => one.associateId === id && one.at <= at && at - one.at <= answerWithinMs,
  );
  return heard.toSorted((a, b) => b.at - a.at)[0] ?? null;
}

type Asked = Speaker & { readonly asked: PassedOn | null };

/** 关键词: her own, answered as for anybody; null when it is none. */
function keywordSaid(world: World, text: string, { about, asked }: Asked): string | null {
  const rule = keywordAlone(world.config.settings.wechat, text);
  if (rule === null) return null;
  const rendered = render(rule.reply, variablesOf(world, about));
  const aside = '这是关键词，没有转给会员。';
  if (!('text' in rendered)) return aside;
  return asked === null ? rendered.text : `${rendered.text}\n（${aside}）`;
}

type Told = Asked & { readonly text: string };

/** Where she speaks: in place if there is time. Whom it speaks of stands beside it, so that their name is erased with them. */
const telling = (world: World, event: Said, { associate, asked, text }: Told): Effect => ({
  type: 'message.queue',
  note: {
    cause: `${event.id}/reply`,
    kind: event.type === 'fan.said' ? 'reply' : 'told-associate',
    // No word to the member, so it is none of what happened to them.
    memberId: null,
    associateId: associate.id,
    openid: asked?.openid ?? null,
    payload: { text },
    dueAt: event.type === 'fan.said' ? replyDueAt(world, event) : event.occurredAt,
  },
});
