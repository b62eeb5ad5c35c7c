/** 随机红包: an amount between two bounds, into the member's wallet (账户红包). */
import * as z from 'zod';
import { Fen } from '../../../schema/index.ts';
import { defineReward } from './define.ts';

const packetsMax = 100;

export const redPacket = defineReward({
  kind: 'red-packet',
  label: '随机红包',
  params: z
    .strictObject({ kind: z.literal('red-packet'), minFen: Fen.min(1), maxFen: Fen.min(1) })
    .refine(({ minFen, maxFen }) => minFen <= maxFen, {
      path: ['maxFen'],
      message: 'must not be below minFen',
    }),
  example: { kind: 'red-packet', minFen: 200, maxFen: 500 },
  award: ({ minFen, maxFen }, { times, draw }, seat) => {
    let fen = 0;
    // Beyond packetsMax the average is paid, because every loop has a bound.
    const opened = Math.min(times, packetsMax);
    for (let index = 0; index < opened; index += 1) fen += draw(`packet/${seat}/${index}`, minFen, maxFen);
    fen += (times - opened) * Math.floor((minFen + maxFen) / 2);
    return { redPacketFen: fen };
  },
});
