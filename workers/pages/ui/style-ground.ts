/** 底色与文字: warm paper, dark ink, one green; every pair of colours is 4.5 to 1 or better, for reading out of doors. */

export const ground = `
:root {
  font: 106.25%/1.7 var(--font);
  color: var(--ink); background: var(--paper); text-size-adjust: 100%; -webkit-text-size-adjust: 100%;
}
*, ::before, ::after { box-sizing: border-box; }
body { margin: 0 auto; max-width: 34rem; min-height: 100vh; min-height: 100dvh; display: flex; flex-direction: column;
  padding: 0 max(1rem, env(safe-area-inset-left)) env(safe-area-inset-bottom);
  overflow-wrap: break-word; font-variant-numeric: tabular-nums; }
main { flex: 1; }
h1, h2, h3, p, ul, dl, dd, fieldset, legend { margin: 0; padding: 0; border: 0; list-style: none; font-size: 1em; }
h1, h2, h3, strong { font-weight: 600; }
h1 { font-size: 1.5rem; line-height: 1.35; text-wrap: balance; }
h2 { font-size: 1.125rem; line-height: 1.5; }
p { text-wrap: pretty; }
small { font-size: .8125rem; font-weight: 400; }
a { color: var(--leaf); text-underline-offset: .2em; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: .375rem; }

.top { padding: .5rem 0; }
.top a { display: inline-flex; align-items: center; gap: .5rem; min-height: 3rem; color: var(--ink); font-weight: 600; text-decoration: none; }
.top a::before { content: ""; flex: none; width: .75rem; height: .75rem; border-radius: 0 50% 50% 50%; background: var(--leaf); transform: rotate(45deg); }
footer { padding: 2rem 0 1rem; text-align: center; font-size: .875rem; }
footer a, .leave a { display: inline-block; padding: .75rem 1rem; color: var(--soft); }

.sheet { position: relative; padding: 1.5rem 1.25rem 1.75rem; background: var(--sheet); border: 1px solid var(--line); border-radius: var(--round); }
.lead { margin-top: .5rem; color: var(--soft); }
.hint { color: var(--soft); font-size: .875rem; line-height: 1.6; }
.note { padding: .75rem 1rem; border-radius: .75rem; background: var(--honey); color: var(--on-honey); line-height: 1.6; text-wrap: balance; }
.note:empty { display: none; }
.note.good { background: var(--leaf-pale); color: var(--leaf-deep); }
.note.stop { background: var(--stop-pale); color: var(--stop); }
main > .note { margin-bottom: 1rem; }
.sheet > .note { margin-top: 1rem; }

.message { padding: 14vh 0 3rem; text-align: center; }
.message p { max-width: 19rem; margin: .75rem auto 2rem; color: var(--soft); text-wrap: balance; }
.message .button { max-width: 18rem; margin-inline: auto; }
.second { margin-top: 1rem; text-align: center; }
.second a { display: inline-block; padding: .625rem 1rem; }

.text h2 { margin-top: 1.75rem; }
.text dt { margin-top: .75rem; font-weight: 600; }
.text dd, .text h2 + p { margin-top: .125rem; color: var(--soft); }
.lead + p { margin-top: 1.25rem; font-weight: 600; }
.losses { margin: .25rem 0 0; padding-left: 1.25rem; }
.losses li { list-style: "·"; padding-left: .5rem; }
@media (max-width: 22rem) { .sheet { padding-inline: 1rem; } h1 { font-size: 1.375rem; } }
`;
