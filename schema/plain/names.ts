/** 编号与名称: texts that systems send, and which characters they may hold. */
import { text } from './plain.ts';

const unfit = /[\p{Cc}\p{Cs}]/u;
const odd = /[\p{Cc}\p{Cs}\p{Cf}\p{DI}]/u;
/** Zero widths, direction marks, soft hyphens, variation selectors: copied along with a text, and seen by nobody. */
const unseen = /[\p{Cf}\p{DI}]+/gu;

/** An id as it can be seen: a number pasted with a mark that nobody sees is the same number. */
export const seen = (id: string): string => (odd.test(id) ? id.replaceAll(unseen, '').trim() : id);

/** Ids are keys, and keys are joined with line breaks, stored and compared: no control characters, no half characters. */
const fit = (value: string): string | null => {
  if (!odd.test(value)) return value;
  return unfit.test(value) ? null : seen(value);
};
const whatIsUnfit = 'must not contain control characters, nor half of a character (a lone surrogate)';
export const shortText = text({ maximum: 128 }, fit, whatIsUnfit);
export const Id = text({ minimum: 1, maximum: 128 }, fit, whatIsUnfit);
/** A name is only shown: characters that cannot be shown are removed, and the sale is not refused. */
export const Name = text({ maximum: 200 }, (value) =>
  unfit.test(value)
    ? value
        .toWellFormed()
        .replaceAll(/\p{Cc}+/gu, ' ')
        .trim()
    : value,
);
