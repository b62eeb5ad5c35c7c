/** 编号与名称: texts that systems send, and which characters they may hold. */
import { text } from './plain.ts';

const unfit = /[\p{Cc}\p{Cs}]/u;
const fit = (value: string): string | null => (unfit.test(value) ? null : value);
const noControl = 'must not contain control characters';
/** Ids are keys, and keys are joined with line breaks, stored and compared: no control characters, no lone surrogates. */
export const shortText = text({ maximum: 128 }, fit, noControl);
export const Id = text({ minimum: 1, maximum: 128 }, fit, noControl);
/** A name is only shown: characters that cannot be shown are removed, and the sale is not refused. */
export const Name = text({ maximum: 200 }, (value) =>
  unfit.test(value)
    ? value
        .toWellFormed()
        .replaceAll(/\p{Cc}+/gu, ' ')
        .trim()
    : value,
);
