/** 编号与名称: texts that systems send, and what may stand in them. */
import { text } from './plain.ts';

const unfit = /[\p{Cc}\p{Cs}]/u;
const fit = (value: string): string | null => (unfit.test(value) ? null : value);
const noControl = 'must not contain control characters';
/** Ids are keys, and keys are joined with line breaks, stored and compared: no control characters, no half characters. */
export const shortText = text({ maximum: 128 }, fit, noControl);
export const Id = text({ minimum: 1, maximum: 128 }, fit, noControl);
/** A name is only ever shown: what cannot be shown is smoothed over, and costs nobody a sale. */
export const Name = text({ maximum: 200 }, (value) =>
  unfit.test(value)
    ? value
        .toWellFormed()
        .replaceAll(/\p{Cc}+/gu, ' ')
        .trim()
    : value,
);
