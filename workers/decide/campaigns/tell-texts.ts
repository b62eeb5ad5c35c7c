/** 活动留言: what campaigns that are newly met have to say goes to the member, word for word. */
import type { MemberId } from '../../../schema/index.ts';
import type { Effect } from '../effects.ts';
import { openidOf, type World } from '../world.ts';
import { textsOf } from './entitlement.ts';
import type { Change } from './grant-changes.ts';

/** `at`: when the sale was of which it speaks. */
type Telling = { readonly memberId: MemberId; readonly cause: string; readonly at?: number };

export function tellTexts(
  world: World,
  { memberId, cause, at }: Telling,
  changes: readonly Change[],
): Effect[] {
  const effects: Effect[] = [];
  if (openidOf(world, memberId) === null) return effects;
  for (const { campaignId, prior, due } of changes) {
    if (!due || (prior?.times ?? 0) > 0) continue;
    textsOf(due).forEach((text, index) => {
      effects.push({
        type: 'message.queue',
        note: {
          cause: `${cause}/campaign:${campaignId}/${index}`,
          kind: 'text',
          memberId,
          associateId: null,
          payload: { text, ...(at !== undefined && { at }) },
          dueAt: world.now,
        },
      });
    });
  }
  return effects;
}
