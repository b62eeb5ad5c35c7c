/** 后台样式: one stylesheet, built into a file beside the Worker; the colours are those of all our pages. */
import { tokens } from '../../../design/index.ts';
import { formStyle } from './style-form.ts';
import { listStyle } from './style-list.ts';

const shell = `
:root { font: 100%/1.6 var(--font);
  color: var(--ink); background: var(--paper); -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
*, ::before, ::after { box-sizing: border-box; }
[hidden] { display: none !important; }
h1, h2, h3, p, ul, ol, dl, dd, fieldset, legend, figure { margin: 0; padding: 0; border: 0; list-style: none; font-size: 1em; }
h1, h2, h3, strong, th { font-weight: 600; }
h1 { font-size: 1.5rem; line-height: 1.3; }
h2 { font-size: 1.0625rem; }
a { color: var(--leaf); text-underline-offset: .2em; }
small { font-size: .8125rem; color: var(--soft); }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: .375rem; }
body { margin: 0; min-height: 100vh; display: grid; grid-template-columns: 13.5rem minmax(0, 1fr); overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.jump { position: absolute; left: -99rem; }
.jump:focus { left: 1rem; top: 1rem; z-index: 3; padding: .5rem 1rem; background: var(--sheet); }

.side { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow: auto; padding: 1rem .75rem 2rem; border-right: 1px solid var(--line); min-height: 100vh; }
.brand { display: flex; gap: .5rem; align-items: center; min-height: 2.75rem; padding: 0 .5rem; color: var(--ink); font-weight: 600; text-decoration: none; }
.brand::before { content: ""; flex: none; width: .75rem; height: .75rem; border-radius: 0 50% 50% 50%; background: var(--leaf); transform: rotate(45deg); }
.side h2 { margin: 1rem .5rem .125rem; font-size: .8125rem; font-weight: 400; color: var(--soft); }
.side nav a { display: flex; align-items: center; min-height: 2.5rem; padding: .25rem .75rem; border-radius: .625rem; color: var(--ink); text-decoration: none; }
.side nav a:hover { background: var(--sheet); }
.side nav a[aria-current] { background: var(--leaf-pale); color: var(--leaf-deep); font-weight: 600; }
.who { margin-top: 1.25rem; padding: .75rem .5rem 0; border-top: 1px solid var(--line); font-size: .875rem; }
.who form { margin: 0; }
.menu { display: none; }

main { padding: 1.5rem clamp(1rem, 3vw, 2.5rem) 4rem; max-width: 76rem; width: 100%; }
.head { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; margin-bottom: 1.25rem; }
.head .acts { display: flex; flex-wrap: wrap; gap: .5rem; margin-left: auto; }
.lead { color: var(--soft); margin-top: .25rem; flex-basis: 100%; }
.sheet { padding: 1.25rem 1.375rem; background: var(--sheet); border: 1px solid var(--line); border-radius: var(--round); margin-bottom: 1rem; }
.sheet > h2 { margin-bottom: .625rem; }
.sheet > :is(p, dl, pre, h3) + :is(p, pre, h3) { margin-top: .625rem; }
h2 + .sheet { margin-top: .625rem; }
.sheet > h2 small { font-weight: 400; margin-left: .5rem; }
.cols { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 1rem; align-items: start; }
.cols > .sheet { margin-bottom: 0; }
.cols { margin-bottom: 1rem; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); gap: .75rem; margin-bottom: 1rem; }
.sheet > .figures:last-child, .sheet > .filters:last-child { margin-bottom: 0; }
.whole { white-space: nowrap; }
.figure { min-width: 0; padding: .875rem 1.125rem; background: var(--sheet); border: 1px solid var(--line); border-radius: var(--round); }
.choices { display: flex; flex-wrap: wrap; gap: .625rem; }
.figure dt { color: var(--soft); font-size: .875rem; }
.figure dd { font-size: 1.625rem; line-height: 1.35; font-weight: 600; }
.figure dd small { display: inline-block; font-weight: 400; line-height: 1.4; }
.sorry { max-width: 34rem; }
.sorry p { margin-top: .75rem; }
.note { padding: .75rem 1rem; border-radius: .75rem; background: var(--honey); color: var(--on-honey); margin-bottom: 1rem; }
.note.good { background: var(--leaf-pale); color: var(--leaf-deep); }
.note.stop { background: var(--stop-pale); color: var(--stop); }
.alone { display: block; }
.alone main { margin: 0 auto; max-width: 34rem; }
pre { margin: 0; padding: .875rem 1rem; border-radius: .75rem; background: var(--paper); border: 1px solid var(--line); font: .8125rem/1.55 ui-monospace, "SF Mono", Menlo, Consolas, "Noto Sans CJK SC", monospace;
  white-space: pre-wrap; overflow-wrap: anywhere; max-height: 32rem; overflow: auto; }
code { font: .9em ui-monospace, Menlo, Consolas, monospace; }
details > summary { cursor: pointer; padding: .5625rem 0; min-height: 2.75rem; color: var(--leaf); }
.poster { display: grid; gap: .5rem; justify-items: center; text-align: center; max-width: 26rem; margin-inline: auto; }
.poster-shop { font-size: 1.5rem; font-weight: 600; }
.poster-name { font-size: 1.25rem; font-weight: 600; }
.code { display: grid; place-items: center; padding: 1rem; }
.code svg { width: min(15rem, 70vw); height: auto; background: #fff; border-radius: .75rem; }
.big { font-size: 2.75rem; font-weight: 600; letter-spacing: .12em; text-align: center; }

@media (max-width: 52rem) {
  body { display: block; }
  .side { position: static; min-height: 0; max-height: none; padding: .5rem 1rem; border-right: 0; border-bottom: 1px solid var(--line); }
  .side .wide { display: none; }
  .menu { display: block; }
  .menu > summary { display: flex; align-items: center; justify-content: space-between; min-height: 2.75rem; list-style: none; color: var(--ink); font-weight: 600; }
  .menu > summary::after { content: "菜单"; padding: .375rem .875rem; border: 1px solid var(--edge); border-radius: 2rem; font-size: .875rem; font-weight: 400; }
  .side nav a { min-height: 2.75rem; }
  main { padding-top: 1rem; }
  .head .acts { margin-left: 0; }
  .sheet { padding-inline: 1rem; }
  .figures { grid-template-columns: repeat(auto-fit, minmax(min(100%, 7.5rem), 1fr)); gap: .5rem; }
  .figure { padding: .625rem .75rem; }
  .figure dd { font-size: 1.25rem; }
}
@media print {
  .side, .head, .note, .acts, form, .pager { display: none !important; }
  body { display: block; background: #fff; color: #000; }
  .sheet { border: 0; padding: 0; }
}
`;

export const style = [tokens, shell, listStyle, formStyle].join('');
