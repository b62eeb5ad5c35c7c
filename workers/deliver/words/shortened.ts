/** 太长的话: what a member said, cut to what a message carries; the whole is in the conversation. */
import { cutToBytes } from '../../wechat/replies.ts';

/** WeChat and WeCom refuse or cut a text of more than 2,048 bytes; WeCom's number at the end takes some of them. */
const passedOnBytesMax = 2_000;
const goesOn = '…（太长了，全文在后台的「聊天」里）';

/** By the bytes, for a Chinese character has three; the whole is in the conversation. */
export function shortened(text: string): string {
  const bytes = (of: string): number => new TextEncoder().encode(of).length;
  return bytes(text) <= passedOnBytesMax ? text : cutToBytes(text, passedOnBytesMax - bytes(goesOn)) + goesOn;
}
