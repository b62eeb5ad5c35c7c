/** 海报: a code to print and hang up, with the shop's name above it and a line below. */
import type { FC } from 'hono/jsx';
import { Code } from '../sign-in/code.tsx';

type Shown = {
  /** What the code holds: WeChat's own address. */
  readonly url: string;
  readonly shopName: string;
  readonly place: string | null;
  readonly name: string;
  readonly line: string;
};

export const Poster: FC<Shown> = ({ url, shopName, place, name, line }) => (
  <section class="sheet poster">
    <p class="poster-shop">{shopName}</p>
    {place !== null && <p>{place}</p>}
    <Code text={url} label={`${name}的二维码`} />
    <p class="poster-name">{name}</p>
    <p>{line}</p>
  </section>
);
