/** 列表样式: tables that become cards on a phone, facts in pairs, states as quiet labels. */

export const listStyle = `
.filters { display: flex; flex-wrap: wrap; gap: .625rem; align-items: end; margin-bottom: 1rem; }
.filters .field { margin: 0; }
.filters input, .filters select { min-height: 2.75rem; }
.filters #q { min-width: min(20rem, 70vw); }
.scroll { overflow-x: auto; margin: 0 -1.375rem; padding: 0 1.375rem; }
table { width: 100%; border-collapse: collapse; }
caption { text-align: left; padding-bottom: .5rem; color: var(--soft); font-size: .875rem; }
th, td { padding: .625rem .75rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
tr:has(.tick) td { vertical-align: middle; }
th { color: var(--soft); font-size: .875rem; font-weight: 400; white-space: nowrap; }
tbody tr:last-child td { border-bottom: 0; }
td.num, th.num { text-align: right; white-space: nowrap; }
td > a:only-child { display: inline-block; }
tr:hover td { background: color-mix(in srgb, var(--leaf-pale) 40%, transparent); }
.empty { padding: 2.5rem 1rem; text-align: center; color: var(--soft); }
.empty p + p { margin-top: .75rem; }
.changes > li + li { margin-top: .25rem; }
.pager { display: flex; gap: .75rem; justify-content: space-between; align-items: center; margin-top: 1rem; }
.mark { display: inline-block; padding: .0625rem .625rem; border-radius: 2rem; font-size: .8125rem; background: var(--line); color: var(--ink); white-space: nowrap; }
.mark.good { background: var(--leaf-pale); color: var(--leaf-deep); }
.mark.wait { background: var(--honey); color: var(--on-honey); }
.mark.stop { background: var(--stop-pale); color: var(--stop); }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 13rem), 1fr)); gap: .75rem 1.5rem; }
.facts dt { color: var(--soft); font-size: .875rem; }
.facts dd { min-height: 1.6em; }
.steps > li { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: center; padding: .75rem 0; border-bottom: 1px solid var(--line); }
.steps > li:last-child { border-bottom: 0; padding-bottom: 0; }
.steps > li > div { flex: 1 1 16rem; }
.steps > li p { color: var(--soft); font-size: .9375rem; }
.sheet > .note, .sheet > .help, details > pre { margin-top: .75rem; }
.tabs { display: flex; flex-wrap: wrap; gap: .25rem; margin-bottom: 1rem; }
.tabs a { display: inline-flex; align-items: center; min-height: 2.75rem; padding: .25rem .875rem; border-radius: 2rem; text-decoration: none; color: var(--ink); }
.tabs a[aria-current] { background: var(--leaf-pale); color: var(--leaf-deep); font-weight: 600; }
@media not screen { .folded > .tick { display: none; } }
@media screen and (min-width: 52.01rem) { .folded > .tick { display: none; } }
@media screen and (max-width: 52rem) { .folded:not(:has(> .tick :checked)) > :not(.tick) { display: none; } }
.chat { max-width: 22rem; padding: 1rem; border-radius: .75rem; background: var(--paper); border: 1px solid var(--line); }
.bubble { display: inline-block; max-width: 100%; padding: .5rem .75rem; border-radius: .25rem .75rem .75rem; background: var(--sheet); border: 1px solid var(--line); white-space: pre-wrap; }
.bubble.article { display: grid; gap: .25rem; }
@media (max-width: 52rem) {
  .scroll { margin: 0; padding: 0; overflow: visible; }
  table.cards, .cards tbody, .cards tr, .cards td { display: block; width: auto; }
  .cards caption { display: block; }
  .cards td > .mark { justify-self: start; }
  .cards thead { position: absolute; left: -99rem; }
  .cards tr { padding: .75rem 0; border-bottom: 1px solid var(--line); }
  .cards tr:last-child { border-bottom: 0; }
  .cards td { border: 0; padding: .125rem 0; text-align: left !important; white-space: normal !important; display: grid; grid-template-columns: 6.5rem minmax(0, 1fr); gap: .5rem; align-items: baseline; }
  .cards td:empty { display: none; }
  .cards td > a:only-child { display: flex; align-items: center; min-height: 2.75rem; }
  .filters .field, .filters #q { flex: 1 1 100%; min-width: 0; }
  .cards td::before { content: attr(data-label); color: var(--soft); font-size: .875rem; }
}
`;
