/** 客服消息窗口: by openid and act, until when the account may still speak. */
import type { FanWindow } from '../../../schema/index.ts';
import { defineSlice, keep, nobody, stay, untold } from './define.ts';
import { pairKey } from '../plain/keys.ts';

export const windowKey = ({ openid, act }: Pick<FanWindow, 'openid' | 'act'>): string => pairKey(openid, act);

export const windows = defineSlice<FanWindow>()({
  noun: 'window',
  keyOf: windowKey,
  ownerOf: nobody,
  guardedBy: 'latest',
  merge: stay,
  forget: keep,
  tell: untold,
});
