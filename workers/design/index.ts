/**
 * 设计: warm paper, dark ink, one green, red kept for money and stopping; one face of letters. Every pair is 4.5 to 1 or
 * better, by day and by night. The pages of members, the console and the sandbox all stand on these.
 */

const day = `--paper: #f7f1e6; --sheet: #fffdf9; --ink: #26211b; --soft: #5f554a; --line: #ddd0bb; --edge: #8a7c69;
  --leaf: #1b5f45; --leaf-deep: #124433; --leaf-pale: #e3efe7; --on-leaf: #fff; --cream: #fbf3df; --honey: #f6e5bc; --on-honey: #4f3a05;
  --stop: #a32f1c; --stop-pale: #fcece7; --focus: #b36b00; --field: #fff; --on-stop: #fff;
  --money: #8f2a17; --dull: #ece5d8; --card: #1b5f45; --card-deep: #124433;`;
const night = `--paper: #1b1814; --sheet: #25211c; --ink: #f1eadf; --soft: #b9ad9d; --line: #41392f; --edge: #8f826f;
  --leaf: #7cc7a3; --leaf-deep: #a5dcc0; --leaf-pale: #22382e; --on-leaf: #0f2219; --cream: #fbf3df; --honey: #4a3b14; --on-honey: #f6e5bc;
  --stop: #f0917e; --stop-pale: #45241d; --focus: #e5a84b; --field: #1f1b17; --on-stop: #2d0e08;
  --money: #ffb9a8; --dull: #332d26; --card: #1f5f47; --card-deep: #143e2f;`;

const font = `--font: -apple-system, "PingFang SC", "HarmonyOS Sans SC", "MiSans", "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", system-ui, sans-serif;`;

/** A page that is fit for the night has the class `both`. */
export const tokens = `
:root { ${day} ${font} --round: 1rem; color-scheme: light; }
@media (prefers-color-scheme: dark) { :root.both { ${night} color-scheme: dark; } }
`;
