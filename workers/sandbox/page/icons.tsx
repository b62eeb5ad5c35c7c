/** 商品图样: one small drawing for each kind of goods, so that a tile is found by its shape. */
import type { Child } from 'hono/jsx';

const drawings: Readonly<Record<string, Child>> = {
  奶粉: (
    <>
      <rect x="12" y="13" width="24" height="27" rx="3" />
      <path class="tint" d="M12 22h24v11H12z" />
      <path d="M12 22h24M12 33h24M10 9h28v5H10z" />
      <circle cx="24" cy="27.5" r="3" />
    </>
  ),
  纸尿裤: (
    <>
      <path d="M8 14h32v9c-7 0-11 5-11 12H19c0-7-4-12-11-12z" />
      <path class="tint" d="M8 14h7v5H8zM33 14h7v5h-7z" />
      <path d="M19 35c0-7-4-12-11-12v-9h32v9c-7 0-11 5-11 12zM15 14v5H8M33 14v5h7" />
    </>
  ),
  奶瓶: (
    <>
      <path d="M17 18h14v21a3 3 0 0 1-3 3h-8a3 3 0 0 1-3-3z" />
      <path class="tint" d="M17 27h14v12a3 3 0 0 1-3 3h-8a3 3 0 0 1-3-3z" />
      <path d="M15 14h18v4H15zM20 14c0-3 2-3 2-6a2 2 0 0 1 4 0c0 3 2 3 2 6M17 27h5M17 33h5" />
    </>
  ),
  洗护: (
    <>
      <path d="M15 19h18v20a3 3 0 0 1-3 3H18a3 3 0 0 1-3-3z" />
      <path class="tint" d="M15 26h18v9H15z" />
      <path d="M15 26h18M15 35h18M20 19v-5h8v5M24 14V8h-6M24 8h5" />
    </>
  ),
  米粉: (
    <>
      <path class="tint" d="M12 22c2-6 7-9 12-9s10 3 12 9z" />
      <path d="M8 22h32c0 9-6 15-12 16h-8c-6-1-12-7-12-16zM19 38v3h10v-3M33 16l5-8" />
    </>
  ),
  核桃亚麻油: (
    <>
      <path d="M20 8h8v6c0 3 5 5 5 10v15a3 3 0 0 1-3 3H18a3 3 0 0 1-3-3V24c0-5 5-7 5-10z" />
      <path class="tint" d="M15 28h18v10H15z" />
      <path d="M20 12h8M15 28h18M15 38h18" />
    </>
  ),
  内衣: (
    <>
      <path d="M18 8c1 4 11 4 12 0l9 5-3 9-4-2v12c-4 0-5 3-5 8h-6c0-5-1-8-5-8V20l-4 2-3-9z" />
      <path class="tint" d="M16 22h16v6H16z" />
      <path d="M16 22h16M16 28h16" />
    </>
  ),
  玩具: (
    <>
      <path d="M24 15c-4-4-9-4-15-3v25c6-1 11-1 15 3 4-4 9-4 15-3V12c-6-1-11-1-15 3z" />
      <path class="tint" d="M24 15c4-4 9-4 15-3v25c-6-1-11-1-15 3z" />
      <path d="M24 15v25M14 19h5M14 25h5" />
    </>
  ),
};

export function Icon({ category }: { category: string }) {
  return (
    <svg class="icon" viewBox="0 0 48 48" aria-hidden="true">
      {drawings[category] ?? drawings['奶粉']}
    </svg>
  );
}
