/** 查到的: each finding of a diagnosis in words, with what to do beside it. */
import type { FC } from 'hono/jsx';
import type { Finding } from '../../../commands/diagnosis/finding.ts';
import { channelFindings } from '../words/access/diagnosis-channels.ts';
import { otherwise, wechatFindings, type FindingWords } from '../words/access/diagnosis.ts';
import { errorRemedies } from '../words/access/errors.ts';
import { messageKindNames } from '../words/promotions/happenings.ts';

export type Told = Pick<Finding, 'code' | 'isFatal'> & Pick<FindingWords, 'what' | 'remedy'>;

const own = (code: string): FindingWords | undefined => wechatFindings[code] ?? channelFindings[code];

/** A code without words of its own belongs to the family before its last dot. */
const wordsOf = (code: string): FindingWords =>
  own(code) ?? own(code.replace(/\.[^.]*$/, '')) ?? { step: '', what: code, remedy: otherwise.fix };

export const stepOf = ({ code }: Finding): string => wordsOf(code).step;

export function inWords({ code, isFatal, facts = {} }: Finding): Told {
  const { what, remedy } = wordsOf(code);
  const { kind = '', errcode = '' } = facts;
  const named = {
    ...facts,
    kind: messageKindNames[kind] ?? kind,
    fix: errorRemedies[errcode] ?? otherwise.fix,
  };
  return { code, isFatal, what: fill(what, named), remedy: fill(remedy, named) };
}

/** What is not known leaves no empty brackets behind. */
export const fill = (text: string, facts: Readonly<Record<string, string>>): string =>
  text
    .replaceAll(/（\{(\w+)\}）/g, (_, name: string) => (facts[name] ? `（${facts[name]}）` : ''))
    .replaceAll(/\{(\w+)\}/g, (whole, name: string) => facts[name] ?? whole);

export const Findings: FC<{ found: readonly Finding[] }> = ({ found }) => (
  <>
    {[...found.filter(({ isFatal }) => isFatal), ...found.filter(({ isFatal }) => !isFatal)]
      .map(inWords)
      .map(({ isFatal, what, remedy }) => (
        <div class={isFatal ? 'note stop' : 'note'}>
          <strong>{what}</strong>
          <p>{remedy}</p>
        </div>
      ))}
  </>
);
