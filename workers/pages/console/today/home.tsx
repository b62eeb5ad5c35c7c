/** 今天: what needs a hand, each with its next step, and the few numbers of the day. */
import { homeOfConsole, everybody } from '../kit/nav.ts';
import { Sheet } from '../kit/parts.tsx';
import { screen } from '../kit/screen.ts';

export const home = screen({
  path: homeOfConsole,
  title: '今天',
  who: everybody,
  get: async ({ person }) => ({
    body: (
      <Sheet>
        <p>{person.name}，您好。</p>
      </Sheet>
    ),
  }),
});
