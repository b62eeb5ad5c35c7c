/** 导入页的样子: which file, whose, and how it is to be read; the script below it does the rest. */
import type { FC } from 'hono/jsx';
import { defaultTimezone, importKinds, type Source } from '../../../../schema/index.ts';
import { tokenField } from '../../posted.tsx';
import { Act, Sheet } from '../kit/parts.tsx';
import { historyNames, kindNames, numberingNames, pointsFromNames } from '../words/imports.ts';

export const importPath = '/console/imports';

export const NoSource: FC<{ token: string }> = ({ token }) => (
  <Sheet title="先建一个来源">
    <p>导入的单据要记在一个来源名下，单号在它里面不重复。建一个“导入的文件”就可以开始。</p>
    <Act action={importPath} token={token} label="建好，开始导入" />
  </Sheet>
);

export const Templates: FC = () => (
  <>
    {importKinds.map((kind) => (
      <a class="button" href={`${importPath}/template?kind=${kind}`}>
        {kindNames[kind]}模板
      </a>
    ))}
  </>
);

const Choice: FC<{
  name: string;
  label: string;
  help: string;
  of: Readonly<Record<string, string>>;
  none?: string;
}> = ({ name, label, help, of, none }) => (
  <div class="field">
    <label for={name}>{label}</label>
    <span class="help">{help}</span>
    <select id={name} name={name}>
      {none !== undefined && <option value="">{none}</option>}
      {Object.entries(of).map(([value, text]) => (
        <option value={value}>{text}</option>
      ))}
    </select>
  </div>
);

const zoneOf = ({ config }: Source): string =>
  typeof config?.['zone'] === 'string' ? config['zone'] : defaultTimezone;

export const ImportForm: FC<{ sources: readonly Source[]; token: string }> = ({ sources, token }) => (
  <>
    <noscript>
      <p class="note stop">这一页要在浏览器里读文件，请打开浏览器的脚本（JavaScript）。</p>
    </noscript>
    <form class="sheet" data-import>
      <input type="hidden" name={tokenField} value={token} />
      <Choice name="kind" label="文件里是什么" help="一个文件只放一种。" of={kindNames} />
      <div class="field">
        <label for="source">记在哪个来源名下</label>
        <span class="help">同一批单据，每次都选同一个。</span>
        <select id="source" name="source">
          {sources.map((source) => (
            <option value={source.id} data-zone={zoneOf(source)}>
              {source.name}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="file">文件</label>
        <span class="help">Excel（.xlsx）或 CSV，最多 5 MB、2 万行。</span>
        <input id="file" name="file" type="file" accept=".xlsx,.csv,.txt" required />
      </div>
      <Choice
        name="history"
        label="哪些算历史单据"
        help="历史单据只进统计和购买记录，不发奖、不通知。"
        of={historyNames}
      />
      <Choice
        name="numbering"
        label="单号怎么编"
        help="只问销售单。看过以后，系统会提示单号有没有重新编的。"
        of={numberingNames}
        none="按来源的设置"
      />
      <Choice
        name="pointsFrom"
        label="积分从哪天算有效期"
        help="只问会员。文件里写了“积分到期”的，按文件。"
        of={pointsFromNames}
      />
      <div class="buttons">
        <button class="first">先看一遍</button>
      </div>
    </form>
    <Result />
  </>
);

const Result: FC = () => (
  <section class="sheet" aria-live="polite">
    <h2>结果</h2>
    <p role="status" data-said>
      还没有选文件。
    </p>
    <progress data-bar hidden></progress>
    <div data-report></div>
    <div class="buttons">
      <button type="button" class="button first" data-commit hidden>
        导入
      </button>
      <a class="button" data-refused download="没有导入的行.csv" hidden>
        下载没有导入的行
      </a>
    </div>
  </section>
);
