/** 表单样式: every control is at least 44 pixels high; a fault is text beside its field, never colour alone. */

export const formStyle = `
input, button, select, textarea { font: inherit; color: inherit; letter-spacing: inherit; margin: 0; }
button { cursor: pointer; }
.button, button { display: inline-flex; align-items: center; justify-content: center; gap: .375rem; min-height: 2.75rem; padding: .375rem 1.125rem; border: 1px solid var(--edge); border-radius: .75rem;
  background: var(--sheet); color: var(--ink); text-decoration: none; }
.button:hover, button:hover { border-color: var(--leaf); }
.button.first, button.first { background: var(--leaf); border-color: var(--leaf); color: var(--on-leaf); font-weight: 600; }
.button.first:hover, button.first:hover { background: var(--leaf-deep); }
.button.stop, button.stop { border-color: var(--stop); color: var(--stop); }
button.plain { border: 0; background: none; padding: .375rem 0; min-height: 2.75rem; color: var(--leaf); text-decoration: underline; text-underline-offset: .2em; }
.field { margin-top: 1rem; min-width: 0; }
.field > label, .field > .label, legend { display: block; font-weight: 600; margin-bottom: .25rem; }
.line { display: flex; flex-wrap: wrap; gap: .5rem; max-width: 34rem; }
.line input { flex: 1 1 10rem; }
.field.line > :is(input, select):not([type=checkbox], [type=radio]) { flex: 1 1 8rem; width: auto; min-width: 0; }
.hint { color: var(--soft); font-size: .875rem; }
.sheet > form > .note, .sheet > h3 ~ .note { margin: .75rem 0 0; }
.camera { width: 100%; max-width: 20rem; border-radius: .75rem; }
.use > form { margin-top: .5rem; }
.buttons + form.sheet { margin-top: 1rem; }
.use + .use, form + .use, .hint + .use { margin-top: .75rem; padding-top: .75rem; border-top: 1px solid var(--line); }
.help { display: block; color: var(--soft); font-size: .875rem; margin-bottom: .25rem; font-weight: 400; }
.field input:not([type=checkbox], [type=radio]), .field select, .field textarea { width: 100%; max-width: 34rem; min-height: 2.75rem; padding: .375rem .75rem; border: 1.5px solid var(--edge);
  border-radius: .625rem; background: var(--field); }
.field textarea { min-height: 5.5rem; line-height: 1.5; }
.field.short input:not([type=checkbox]) { max-width: 11rem; }
.field.short input[type=datetime-local] { max-width: 16rem; min-width: 14rem; }
.withunit { display: flex; gap: .5rem; align-items: center; }
.withunit > input, .withunit > select, .withunit > textarea { flex: 1 1 auto; }
.short .withunit > input { flex: 0 1 11rem; }
.withunit > span { flex: none; }
.field select { text-overflow: ellipsis; }
.sheet > form > .field:first-of-type, form.sheet > .field:first-child, form.sheet > input[type=hidden] + .field { margin-top: 0; }
.sheet > form > .note + .field:first-of-type { margin-top: .75rem; }
[data-report] table, [data-report] h3 { margin-top: .75rem; }
[data-report] li { margin-top: .25rem; }
[data-import]:has([name=kind] option:not([value=sales]):checked) .field:has([name=numbering]), [data-import]:has([name=kind] option:not([value=members]):checked) .field:has([name=pointsFrom]) { display: none; }
[data-report] table + p { margin: .5rem 0; font-weight: 600; }
.tick, .field > label.tick { display: flex; gap: .625rem; align-items: center; min-height: 2.75rem; cursor: pointer; }
.tick input { width: 1.25rem; height: 1.25rem; accent-color: var(--leaf); flex: none; }
.bad > label, .bad > legend { color: var(--stop); }
.bad input:not([type=checkbox]), .bad select, .bad textarea { border-color: var(--stop); border-width: 2px; }
.problem { color: var(--stop); font-size: .9375rem; margin-top: .25rem; }
.problem::before { content: "！"; font-weight: 700; }
fieldset.card { margin-top: 1rem; padding: .25rem 1.125rem 1.125rem; border: 1px solid var(--line); border-radius: .875rem; min-width: 0; }
fieldset.card > legend { padding: 0 .375rem; }
.item { margin-top: .75rem; padding: .25rem 1rem 1rem; border: 1px dashed var(--edge); border-radius: .75rem; }
.buttons { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; margin-top: 1.5rem; }
.checks { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); }
.unseen { position: absolute; left: -99rem; }
form.inline { display: inline-flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
@media (max-width: 52rem) { fieldset.card, .item { padding-inline: .75rem; } }
`;
