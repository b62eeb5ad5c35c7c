/** 调用地址: the IP address that a refusal names; both kinds have to be listed. */
import * as z from 'zod';

const isAddress = (word: string): boolean =>
  z.ipv4().safeParse(word).success || z.ipv6().safeParse(word).success;

/** The first one; null where the words name none (`此IP地址不允许调用该接口`). */
export const addressIn = (words: string): string | null =>
  words.match(/[\da-f][\da-f.:]*[\da-f]|::[\da-f.:]*[\da-f]/gi)?.find(isAddress) ?? null;
