/** 关键词: which rule answers what a person said, however their phone, their thumb or WeChat's ear wrote it. */
import type { WechatSettings } from '../../../schema/index.ts';

type KeywordRule = WechatSettings['keywords'][number];
type Words = Pick<KeywordRule, 'words' | 'match'>;

/** The first rule that fits, exact ones before those that only contain the word. */
export const keywordRule = ({ keywords }: WechatSettings, said: string): KeywordRule | null =>
  ruleFor(keywords, said);

function ruleFor<Rule extends Words>(keywords: readonly Rule[], said: string): Rule | null {
  const text = plain(said);
  const contained = keywords.find(
    ({ match, words }) => match === 'contains' && words.some((word) => isWithin(text, plain(word))),
  );
  return exactRule(keywords, said, ['exact']) ?? contained ?? null;
}

/** The rule whose word was said, and nothing else, whatever the rule asks for: that is said to the account, and to nobody else. */
export const keywordAlone = ({ keywords }: WechatSettings, said: string): KeywordRule | null =>
  exactRule(keywords, said, ['exact', 'contains']);

/** Whether one of the words was said, as a rule of the shop's would hear it. */
export const says = (rule: Words, said: string): boolean => ruleFor([rule], said) !== null;

function exactRule<Rule extends Words>(
  keywords: readonly Rule[],
  said: string,
  matches: readonly KeywordRule['match'][],
): Rule | null {
  const ruleWith = (form: (text: string) => string): Rule | undefined => {
    const text = form(said);
    return keywords.find(
      ({ match, words }) =>
        matches.includes(match) && text !== '' && words.some((word) => form(word) === text),
    );
  };
  // C+ is not C where the shop has a rule for each.
  return ruleWith(plain) ?? ruleWith(bare) ?? null;
}

/** Every text holds the empty one: a word that nobody can see would answer everybody. */
const isWithin = (text: string, word: string): boolean => word !== '' && text.includes(word);

/** Width, case, spaces and what cannot be seen make no difference: ＷｉＦｉ, wi fi. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/[\s\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}]+/gu, '')
    .toLowerCase();

/** Nor does what stands around it: 「地址」！ A voice ends with a full stop. */
function bare(text: string): string {
  const whole = plain(text);
  // A keyword may be nothing but signs.
  return whole.replaceAll(/^[\p{P}\p{S}\p{Me}]+|[\p{P}\p{S}\p{Me}]+$/gu, '') || whole;
}
