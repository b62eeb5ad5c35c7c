/** 表单控件: every control is at least 48 pixels high, and faults are marked by text as well as by colour. */

export const controls = `
input, button { font: inherit; color: inherit; letter-spacing: inherit; margin: 0; border-radius: .75rem; }
button { border: 0; cursor: pointer; touch-action: manipulation; }
.button { display: flex; align-items: center; justify-content: center; width: 100%; min-height: 3.25rem; padding: .625rem 1.25rem; margin-top: 1.5rem;
  border-radius: .75rem; background: var(--leaf); color: var(--on-leaf); font-size: 1.125rem; font-weight: 600; text-decoration: none; text-align: center; }
.button:active { background: var(--leaf-deep); }
.button.stop { background: var(--stop); color: var(--on-stop); }
.first { position: absolute; inset: 0 auto auto 0; width: 1px; height: 1px; padding: 0; overflow: hidden; opacity: 0; }

.field { margin-top: 1.25rem; }
.field > label, legend { display: block; margin-bottom: .25rem; font-weight: 600; }
.field small { margin-left: .5rem; color: var(--soft); }
.line { display: flex; flex-wrap: wrap; gap: .625rem; }
.line input { flex: 2 1 6.5rem; min-width: 0; min-height: 3.25rem; padding: .5rem .875rem; border: 1.5px solid var(--edge); background: var(--field);
  -webkit-appearance: none; appearance: none; }
.line input[type=date] { text-align: left; }
.line input:focus { border-color: var(--leaf); outline: 3px solid color-mix(in srgb, var(--leaf) 30%, transparent); outline-offset: 0; }
.bad .line input { border-color: var(--stop); border-width: 2px; }
.send { flex: 1 1 7.5rem; min-width: 0; min-height: 3.25rem; padding: .5rem; background: var(--leaf-pale); color: var(--leaf-deep); font-weight: 600; }
.send:active { background: var(--line); }
.send:disabled { background: var(--dull); color: var(--soft); cursor: default; }
.line .scan { flex: 0 0 auto; padding-inline: 1.25rem; }
.field select { width: 100%; min-height: 3.25rem; padding: .5rem .875rem; border: 1.5px solid var(--edge); border-radius: .75rem; background: var(--field); font: inherit; color: inherit; }
.sheet > form > .note { margin-top: .75rem; }
.camera { width: 100%; border-radius: .75rem; }
.sheet + .sheet, section + .sheet, .sheet + section { margin-top: 1rem; }
.sheet form .send { margin-top: .5rem; width: 100%; }
.use + .use, form + .use, .hint + .use { margin-top: 1rem; padding-top: 1rem; border-top: 1px solid var(--line); }
.problem { color: var(--stop); font-size: .9375rem; line-height: 1.6; }
.problem:empty { display: none; }
.problem:not(:empty) { margin-top: .375rem; padding-left: 1.3em; text-indent: -1.3em; }
.problem:not(:empty)::before { content: "!"; display: inline-block; width: 1.25em; height: 1.25em; margin-right: .375em; border-radius: 50%;
  background: var(--stop); color: var(--on-stop); font-weight: 700; font-size: .8em; line-height: 1.25; text-align: center; text-indent: 0; }

.baby { min-width: 0; margin-top: 1.5rem; display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 4.5rem), 1fr)); gap: .5rem; }
.baby > legend, .baby > p, .baby > .when { grid-column: 1 / -1; }
.baby > input { position: absolute; opacity: 0; width: 1px; height: 1px; }
.baby > label { display: flex; align-items: center; justify-content: center; min-height: 3.25rem; padding: .5rem; border: 1.5px solid var(--edge); border-radius: .75rem;
  background: var(--field); text-align: center; cursor: pointer; touch-action: manipulation; }
.baby > input:checked + label { background: var(--leaf); border-color: var(--leaf); color: var(--on-leaf); font-weight: 600; }
.baby > input:focus-visible + label { outline: 3px solid var(--focus); outline-offset: 2px; }
.baby.bad > label { border-color: var(--stop); }
.baby .field { margin-top: .5rem; min-width: 0; }
.when { display: none; }
#baby-expecting:checked ~ .when.expecting, #baby-born:checked ~ .when.born { display: block; }

.agree { margin-top: 1.5rem; padding-top: 1.25rem; border-top: 1px dashed var(--line); }
.agree label { display: flex; gap: .75rem; align-items: flex-start; padding: .25rem 0 .5rem; cursor: pointer; }
.agree input { flex: none; width: 1.625rem; height: 1.625rem; margin-top: .05rem; accent-color: var(--leaf); }
.agree span { min-width: 0; overflow-wrap: anywhere; }
fieldset.agree { min-width: 0; border-width: 1px 0 0; margin-inline: 0; padding-inline: 0; }
.agree .hint a { padding: .5rem 0; }
.agree.bad input { outline: 2px solid var(--stop); outline-offset: 2px; border-radius: .25rem; }
`;
