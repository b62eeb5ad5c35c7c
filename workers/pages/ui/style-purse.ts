/** 卡与券: the member's card in green, coupons as tickets with a torn edge. */

export const purse = `
.card { padding: 1.375rem 1.375rem 1.25rem; border-radius: 1.25rem; color: #fff;
  background-color: var(--card);
  background-image: radial-gradient(circle at 104% -12%, #e9c46a26 0 7.5rem, transparent 7.6rem), radial-gradient(circle at 96% -6%, #e9c46a33 0 11rem, transparent 11.1rem),
    linear-gradient(155deg, var(--card) 0, var(--card-deep) 100%); }
.card h1 { display: flex; flex-wrap: wrap; gap: .25rem .625rem; align-items: center; font-size: 1.25rem; }
.card h1 small { padding: 0 .625rem; border: 1px solid #ffffff80; border-radius: 2rem; }
main > .button + .card, .guide + .sheet { margin-top: 1rem; }
.button + .hint { margin-top: .75rem; }
.pack { margin-top: 1rem; }
.sheet > h2:first-child { margin-top: 0; }
.leave + .leave { margin-top: 0; }
.points { margin-top: 1.25rem; }
.points span { display: block; color: #e6efe9; font-size: .9375rem; line-height: 1.4; }
.card [data-level] { font-size: .875rem; line-height: 1.6; }
.points + p { margin-top: .5rem; color: #e6efe9; font-size: .9375rem; }
.points strong { display: block; font-size: 3rem; line-height: 1.15; letter-spacing: -.01em; color: var(--cream); }
.card dl { display: flex; flex-wrap: wrap; gap: .75rem 2.25rem; margin-top: 1.125rem; padding-top: 1rem; border-top: 1px solid #ffffff33; }
.card dt { color: #e6efe9; font-size: .9375rem; line-height: 1.4; }
.card dd { font-size: 1.375rem; font-weight: 600; line-height: 1.4; }
.card dd small { margin-left: .2rem; }

section > h2 { margin: 2rem 0 .75rem; }
.field + .rows, .coupons + .terms { margin-top: 1rem; }
.hint + .losses { margin-top: .5rem; padding-left: .75rem; color: var(--soft); font-size: .875rem; line-height: 1.6; }
.empty { color: var(--soft); }
.coupons { display: grid; gap: .75rem; }
.ticket { display: flex; flex-wrap: wrap; background: var(--sheet); border-radius: .875rem; overflow: hidden;
  filter: drop-shadow(0 0 1px var(--edge)); }
.ticket > div { flex: 999 1 9.5rem; padding: .875rem 1rem .875rem 1.125rem; min-width: 0; }
.ticket h3 { line-height: 1.45; }
.ticket div p { color: var(--soft); font-size: .9375rem; line-height: 1.55; }
.ticket .days { font-size: .875rem; word-break: keep-all; }
.face { flex: 1 0 6rem; max-width: 100%; display: flex; flex-wrap: wrap; align-items: baseline; justify-content: center; align-content: center; gap: .125rem; padding: .75rem .5rem;
  background: var(--honey); color: var(--money); border-right: 2px dashed var(--sheet); font-size: .9375rem; line-height: 1.2; }
.face .figure { font-size: 2rem; letter-spacing: -.02em; }
.face .long { font-size: 1.5rem; }
.face .word { font-size: 1.25rem; }
.ticket.later .face { background: var(--dull); color: var(--soft); }
.ticket.later h3 { color: var(--soft); }
.ticket h3 a { color: inherit; text-decoration: none; }
.ticket h3 a::after { content: " ›"; color: var(--soft); }
.show { text-align: center; }
.show .worth { font-size: 2rem; font-weight: 600; color: var(--stop); }
.show .bars, .show .qr, .show .written { margin-top: .75rem; }
.show .qr svg { width: 13rem; max-width: 100%; height: auto; }
.show .bars svg { width: 100%; max-width: 22rem; height: 4.5rem; }
.show .written { font-size: 1.25rem; letter-spacing: .08em; word-break: keep-all; }
.show .tosend { padding: .75rem 1rem; border: 1px solid var(--line); border-radius: .75rem; text-align: start; overflow-wrap: anywhere; user-select: all; -webkit-user-select: all; }
.terms { margin: .5rem 0 1rem; color: var(--soft); font-size: .9375rem; }
.moves { text-align: left; color: var(--soft); font-size: .9375rem; }
.month { width: 100%; margin-top: 1.25rem; border-collapse: collapse; table-layout: fixed; font-size: .9375rem; line-height: 1.3; }
.month caption { margin-bottom: .5rem; font-weight: 600; }
.month th { color: var(--soft); font-weight: 400; }
.month td { height: 3rem; vertical-align: top; padding-top: .375rem; border-radius: .5rem; }
.month td b { display: block; font-size: .6875rem; font-weight: 600; }
.month .came { background: var(--leaf-pale); color: var(--leaf-deep); }
.month [aria-current] { outline: 2px solid var(--leaf); outline-offset: -2px; }
.rooms { display: grid; grid-template-columns: repeat(auto-fill, minmax(6.25rem, 1fr)); gap: .625rem; margin-top: 1rem; }
.rooms a { display: flex; flex-direction: column; justify-content: center; min-height: 4.25rem; padding: .5rem .75rem; border: 1px solid var(--line); border-radius: .75rem;
  background: var(--sheet); color: var(--ink); font-weight: 600; line-height: 1.4; text-decoration: none; overflow-wrap: anywhere; }
.rooms a[aria-current] { border-color: var(--leaf-deep); background: var(--leaf-pale); color: var(--leaf-deep); }
.rooms + .rows, .rooms + .empty { margin-top: .75rem; }
.rooms small, .rows small { display: block; color: var(--soft); }
.rows li { display: flex; gap: 1rem; justify-content: space-between; padding: .625rem 0; border-bottom: 1px solid var(--line); line-height: 1.5; }
.rows p { min-width: 0; overflow-wrap: anywhere; }
.rows p:last-child { flex: none; max-width: 55%; text-align: end; }
.guide { margin-top: 1.5rem; padding: .875rem 1rem; border-radius: .75rem; background: var(--leaf-pale); color: var(--leaf-deep); }
.leave { margin-top: 1.5rem; text-align: center; font-size: .875rem; }
@media (max-width: 22rem) { .points strong { font-size: 2.5rem; } .face { flex-basis: 5rem; } .face .figure { font-size: 1.625rem; } .face .long { font-size: 1.25rem; } }
`;
