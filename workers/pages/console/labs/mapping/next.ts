/** 存下来的样子: the settings that a draft makes of its source, with a sample that proves it, without anybody's phone in it. */
import type { Source } from '../../../../../schema/index.ts';
import type { Labs } from '../../../../commands/sources/lab-ports.ts';
import { maskBody, maskName, maskText } from '../../../../views/mask.ts';
import { mappingIn, type Draft } from './draft.ts';
import { changePacked } from './packed.ts';
import { jsonOf } from './typed-rule.ts';
import type { Tried } from '../tried.tsx';

type Sample = { readonly body: string; readonly expected: unknown; readonly name?: string };
const samplesMax = 20;

export type Next = { readonly config: NonNullable<Source['config']>; readonly version: number };

/** `isAccepted`: somebody looked at what the samples became, and it is right. */
export function nextOf(
  source: Source,
  { draft, tried, labs, isAccepted }: { draft: Draft; tried: Tried; labs: Labs; isAccepted: boolean },
): Next {
  const { spec, zone, answer } = draft;
  const was = mappingIn(source);
  const isSame = JSON.stringify(was['spec']) === JSON.stringify(spec);
  const version = (Number(was['version']) || 0) + (isSame ? 0 : 1) || 1;
  const becomes = (body: string): unknown => expectedOf(labs.mapping(spec, zone, body));
  const kept = (Array.isArray(was['samples']) ? (was['samples'] as Sample[]) : []).map((sample) =>
    isAccepted ? { ...sample, expected: becomes(sample.body) } : sample,
  );
  const fresh = tried.isDecoded && tried.event ? null : sampleOf(tried.text, becomes);
  const others = kept.filter(({ body, expected }) => body !== fresh?.body && expected !== null);
  const success = { body: answer, contentType: /^\s*[{[]/.test(answer) ? 'application/json' : 'text/plain' };
  const config = {
    ...source.config,
    zone,
    mapping: { version, spec, samples: [...(fresh ? [fresh] : []), ...others].slice(0, samplesMax) },
    answer: { ...jsonOf(source.config?.['answer']), success },
  };
  return { config, version };
}

/** Masked as far as it still becomes an event; in its last form only the phones are others. */
function sampleOf(text: string, becomes: (body: string) => unknown): Sample | null {
  const masked = changePacked(text, (plain) => maskBody(plain, ''));
  const nameless = withoutNames(masked, becomes(masked));
  const phoned = changePacked(masked, withPhones);
  const ofNobody = [nameless, withoutNames(phoned, becomes(phoned))];
  for (const body of [...ofNobody, changePacked(text, (plain) => withPhones(maskText(plain)))]) {
    const expected = becomes(body);
    if (expected !== null) return { body, expected };
  }
  return null;
}

/** Some events are nothing without a phone: it is nobody's in particular. */
const withPhones = (masked: string): string => masked.replaceAll(/(1[3-9]\d)\*{4}(\d{4})/g, '$10000$2');

/** What a till calls its members' names nobody knows, before the mapping says so. */
function withoutNames(text: string, expected: unknown): string {
  const data = jsonOf(jsonOf(expected)['data']);
  return ['member', 'cashier', 'associate'].reduce((left, who) => {
    const { name } = jsonOf(data[who]);
    if (typeof name !== 'string' || name.length < 2) return left;
    const hidden = maskName(name);
    return changePacked(left, (plain) =>
      plain.replaceAll(name, hidden).replaceAll(encodeURIComponent(name), encodeURIComponent(hidden)),
    );
  }, text);
}

/** Null for what becomes no event, or not every time. */
function expectedOf(answer: ReturnType<Labs['mapping']>): unknown {
  if ('problems' in answer || answer.unreadable !== null || answer.events.length === 0) return null;
  if (answer.events.some(({ outcome }) => outcome === 'parked')) return null;
  const expected = answer.events.map(({ outcome, event }) =>
    outcome === 'event' ? event : { ignored: true },
  );
  return expected.length === 1 ? expected[0] : expected;
}
