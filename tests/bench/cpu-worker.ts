/** The Worker under measurement: decides the same group again and again, as the database once answered. */
import * as z from 'zod';
import type { Recorded } from './cpu.ts';
import { driver } from './engine.ts';
import { player } from './tape.ts';

// As the deployed Worker is set: no code is made while it runs.
z.config({ jitless: true });

export type Deciding = Recorded & { readonly rounds: number };

export default {
  fetch: async (request) => {
    const { now, size, opening, group, rounds }: Deciding = await request.json();
    const { db, play } = player();
    const { decide } = driver(db, () => now);
    play(opening);
    await decide(size);
    let decided = 0;
    for (let round = 0; round < rounds; round += 1) {
      play(group);
      decided += await decide(size);
    }
    return new Response(String(decided));
  },
} satisfies ExportedHandler;
