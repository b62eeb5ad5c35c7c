/** 导入页的脚本: the file is read in the browser and sent in pages, first to look, then to take in; a page sent twice changes nothing. */

/** Pages of one file that are under way at once, while nothing is written. */
const atOnce = 4;
/** How often, and how long apart, the books are looked at after an import. */
const looksMax = 200;
const lookMs = 2_000;

export const script = `
(() => {
  const form = document.querySelector('[data-import]');
  const report = document.querySelector('[data-report]');
  const said = document.querySelector('[data-said]');
  const commit = document.querySelector('[data-commit]');
  const bar = document.querySelector('[data-bar]');
  const refused = document.querySelector('[data-refused]');
  let paged = null;
  const say = (kind, text) => { said.className = text === '' ? '' : 'note ' + kind; said.textContent = text; };
  const el = (name, text) => { const made = document.createElement(name); made.textContent = text; return made; };
  const busy = (isBusy) => {
    for (const button of document.querySelectorAll('[data-import] button, [data-commit]')) button.disabled = isBusy;
  };
  const send = async (page, mode) => {
    const body = new URLSearchParams(new FormData(form));
    body.delete('file');
    body.set('mode', mode);
    body.set('page', JSON.stringify(page));
    const answer = await fetch('/console/imports/page', { method: 'POST', body });
    if (answer.redirected || answer.status === 403) return location.reload();
    const found = await answer.json();
    if (found.problem) throw new Error(found.problem);
    return found;
  };
  const all = async (own, mode, places = [...own.pages.keys()]) => {
    let [next, done] = [0, 0];
    bar.hidden = false;
    bar.max = places.length;
    bar.value = 0;
    const work = async () => {
      while (next < places.length) {
        const at = places[next++];
        own.reports[at] = await send(own.pages[at], mode);
        bar.value = ++done;
      }
    };
    // Rows are taken in in their order, one page after another.
    await Promise.all(Array.from({ length: mode === 'preview' ? ${atOnce} : 1 }, work));
    bar.hidden = true;
    return fileReader.joined(own.reports, own.notes);
  };
  const sums = (balances) => {
    const { rows, says } = fileReader.compared(balances);
    const table = document.createElement('table');
    for (const [place, cells] of [['', '文件里', '账上'], ...rows].entries()) {
      const row = document.createElement('tr');
      row.append(...cells.map((text, at) => el(place === 0 || at === 0 ? 'th' : 'td', text)));
      table.append(row);
    }
    return [el('h3', '对账'), table, el('p', says)];
  };
  const show = (found) => {
    const counts = [['行', found.rows], ['能导入', found.records], ['新的', found.fresh], ['有改动', found.changed], ['没变', found.unchanged], ['没法导入的行', found.badRows]];
    const list = document.createElement('dl');
    list.className = 'figures';
    for (const [label, value] of counts) {
      const figure = document.createElement('div');
      figure.className = 'figure';
      figure.append(el('dt', label), el('dd', String(value)));
      list.append(figure);
    }
    const lines = document.createElement('ul');
    for (const text of [...found.history.says, ...found.warnings]) lines.append(el('li', text));
    if (found.ignoredColumns.length > 0) lines.append(el('li', '这些列用不到，跳过了：' + found.ignoredColumns.join('、')));
    const wrong = document.createElement('ol');
    for (const { line, column, message } of found.errors)
      wrong.append(el('li', '第 ' + line + ' 行' + (column === null ? '' : '「' + column + '」') + '：' + message));
    report.replaceChildren(list, ...(found.balances ? sums(found.balances) : []), lines, ...(found.errors.length > 0 ? [el('h3', '要改的地方'), wrong] : []));
    refused.hidden = found.errors.length === 0;
    URL.revokeObjectURL(refused.href);
    if (!refused.hidden) refused.href = URL.createObjectURL(new Blob([fileReader.refused(paged.pages, paged.reports)], { type: 'text/csv' }));
  };
  // What was taken in is decided within seconds: until then the books are looked at again.
  const settle = async (own) => {
    for (let turn = 0; turn < ${looksMax}; turn += 1) {
      const open = [...own.pages.keys()].filter((at) => own.reports[at].balances && (turn === 0 || own.reports[at].balances.waiting > 0));
      await new Promise((done) => setTimeout(done, ${lookMs}));
      if (open.length === 0 || paged !== own) return;
      try {
        const found = await all(own, 'preview', open);
        if (paged === own) show(found);
      } catch { /* It is looked at again. */ }
    }
  };
  const run = async (mode) => {
    busy(true);
    try {
      const own = paged;
      const found = await all(own, mode);
      show(found);
      const left = found.fresh + found.changed;
      commit.hidden = mode === 'commit' || left === 0;
      if (mode === 'commit') say('good', '导入好了：' + left + ' 条。同一个文件再导一次，什么都不会变。');
      else say(left > 0 ? 'good' : '', left > 0 ? '还没有导入。看过没问题，再点“导入 ' + left + ' 条”。' : '没有要导入的。');
      commit.textContent = '导入 ' + left + ' 条';
      if (mode === 'commit') settle(own);
    } catch (error) {
      bar.hidden = true;
      say('stop', (error.message || '没有办成') + (mode === 'commit' ? '。可能已经导入了一部分，再点一次就好，不会重复。' : ''));
    }
    busy(false);
  };
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const [file] = form.elements.file.files;
    if (!file) return say('stop', '请先选一个文件。');
    commit.hidden = true;
    report.replaceChildren();
    refused.hidden = true;
    say('', '正在读文件……');
    busy(true);
    const kind = form.elements.kind.value;
    const zone = form.elements.source.selectedOptions[0].dataset.zone;
    try {
      paged = await fileReader.readPages(kind, new Uint8Array(await file.arrayBuffer()), zone);
    } catch {
      paged = { fault: '这个文件读不出来，请用 Excel 另存为 .xlsx 或 CSV 再试。' };
    }
    paged.reports = [];
    busy(false);
    if (paged.fault) return say('stop', paged.fault);
    await run('preview');
  });
  commit.addEventListener('click', () => run('commit'));
  for (const one of form.elements) if (one.name !== '') one.addEventListener('change', () => { commit.hidden = true; });
})();
`;
