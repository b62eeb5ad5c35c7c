/** 消息里的事实: numbers and words of a message's payload, and what was earned, as texts use them. */
import { awards } from '../../decide/awards/index.ts';
import { asWords } from '../../decide/plain/texts.ts';

type Payload = Readonly<Record<string, unknown>>;

export const count = (value: unknown): number => (typeof value === 'number' ? value : 0);
export const words = (value: unknown): string => (typeof value === 'string' ? value : '');
/** What somebody else wrote: a name, words, what a till calls a product. */
export const written = (value: unknown): string => asWords(words(value));

export const textsIn = (payload: Payload): Record<string, string> =>
  Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, written(value)]));

/** What stands in a template's field where nothing was earned: WeChat takes no empty one. */
export const nothing = '感谢光临';

/** What was earned, by kind of award. */
export function earned({ earned: given }: Payload): string {
  const amounts = new Map(typeof given === 'object' && given !== null ? Object.entries(given) : []);
  const parts = awards.flatMap(({ kind, words: wording }) => {
    const amount = count(amounts.get(kind));
    return amount > 0 ? [wording(amount)] : [];
  });
  return parts.filter((part) => part !== '').join('、') || nothing;
}
