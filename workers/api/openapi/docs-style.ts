/** The style of the reference page, light and dark; nothing is fetched. */

export const docsStyle = `
:root { color-scheme: light dark; --ink: light-dark(#1f2421, #e6e8e3); --quiet: light-dark(#5e6a63, #9aa59e);
  --line: light-dark(#dfe4df, #343b37); --paper: light-dark(#fbfcfa, #171b19); --accent: light-dark(#0b6e4f, #6fd3ad);
  --tint: light-dark(#eef2ee, #232926); }
* { box-sizing: border-box; }
html { scroll-behavior: smooth; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; display: grid; grid-template-columns: 18rem minmax(0, 1fr); background: var(--paper); color: var(--ink);
  overflow-wrap: anywhere;
  font: 15px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif; }
nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1.5rem 1rem; border-right: 1px solid var(--line); }
nav a { display: block; padding: .1rem 0; color: var(--quiet); text-decoration: none; font-size: 13px; overflow-wrap: anywhere; }
nav a:hover, nav a:focus-visible { color: var(--accent); }
nav .tag { margin-top: 1rem; color: var(--ink); font-weight: 600; font-size: 14px; }
main { max-width: 62rem; padding: 1.5rem 2.5rem 6rem; }
h1 { font-size: 1.9rem; margin: .5rem 0; } h2 { margin: 3.5rem 0 0; font-size: 1.35rem; }
h3 { margin: 0 0 .5rem; font-size: 1rem; display: flex; flex-wrap: wrap; gap: .6rem; align-items: baseline; }
article { margin: 1.5rem 0; padding: 1.1rem 1.3rem; border: 1px solid var(--line); border-radius: 10px; scroll-margin-top: 1rem; }
article:target { border-color: var(--accent); }
a { color: var(--accent); } p { margin: .4rem 0; max-width: 46rem; } .or { color: var(--quiet); }
code { font: .92em ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.method, nav small { font: 600 11px ui-monospace, monospace; letter-spacing: .03em; }
.GET { color: light-dark(#1d5fa8, #8bbcf0); } .POST { color: light-dark(#0b6e4f, #6fd3ad); }
.PUT { color: light-dark(#8a5a00, #e3b563); } .PATCH { color: light-dark(#7a3e9d, #cfa2ea); }
.scope { margin-left: auto; padding: 0 .5rem; border: 1px solid var(--line); border-radius: 99px; font-size: 12px; color: var(--quiet); }
table { width: 100%; border-collapse: collapse; margin: .6rem 0; font-size: 14px; }
details { margin: .3rem 0; } summary { cursor: pointer; color: var(--quiet); font-size: 13px; width: fit-content; padding: .8rem .4rem .8rem 0; line-height: 1.2rem; }
summary:focus-visible, pre:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
pre { margin: 0; padding: .8rem 1rem; overflow-x: auto; border: 1px solid var(--line); border-radius: 8px; font-size: 13px; line-height: 1.5; }
pre code { overflow-wrap: normal; } p code, td > code, dd code { padding: .05em .3em; border-radius: 4px; background: var(--tint); }
.eg { display: block; } .eg code { padding: 0; background: none; }
dl { max-width: 46rem; } dt { margin-top: .6rem; font-weight: 600; } dd { margin: 0; }
caption { text-align: left; color: var(--quiet); font-size: 12px; padding-bottom: .2rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .8rem .35rem 0; border-top: 1px solid var(--line); font-weight: 400; }
table { table-layout: fixed; } th { width: 11rem; } th + td { width: 13rem; } td + td:last-child { width: auto; } td small { color: var(--quiet); } td table { margin: .2rem 0; } .inner > td { border: 0; padding: 0 0 .4rem 1.5rem; }
@media (max-width: 60rem) { body { display: block; } nav { position: static; height: auto; border: 0; border-bottom: 1px solid var(--line); }
  nav a:not(.tag) { display: none; } nav .tag { display: inline-flex; align-items: center; min-height: 2.75rem; margin: 0 .8rem 0 0; } main { padding: 1rem; } article { padding: 1rem; } .inner > td { padding-left: .75rem; }
  table, caption, tbody, tr, td, th, th + td { display: block; width: auto; } td, th { border: 0; padding: 0 0 .2rem; } tr { border-top: 1px solid var(--line); padding: .4rem 0; } }
`;
