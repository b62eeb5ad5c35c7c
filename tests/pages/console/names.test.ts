/** 名称: whatever happens in the shop has a name in its own language on the console's pages. */
import { expect, test } from 'vitest';
import { messageKinds } from '../../../workers/deliver/words/words.ts';
import { channels } from '../../../workers/deliver/channels/index.ts';
import { on } from '../../../workers/decide/on/index.ts';
import { typeName } from '../../../workers/pages/console/words/events.ts';
import { messageKindNames } from '../../../workers/pages/console/words/promotions/happenings.ts';
import { channelWays } from '../../../workers/pages/console/words/messages.ts';

test('every kind of event, every kind of message and every way to send is called by a name', () => {
  expect(Object.keys(on).filter((type) => typeName(type) === type)).toEqual([]);
  expect(Object.keys(messageKinds).filter((kind) => messageKindNames[kind] === undefined)).toEqual([]);
  expect(channels.filter(({ name }) => channelWays[name] === undefined)).toEqual([]);
});
