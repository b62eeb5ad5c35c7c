/** 表单 with a script: another shape is drawn as soon as it is chosen, and the first fault is in sight. */

export const redrawScript = `
(() => {
  for (const button of document.querySelectorAll('[data-redraw]')) button.hidden = true;
  document.addEventListener('change', ({ target }) => {
    if (target.dataset.redraws) target.closest('.withunit').querySelector('[data-redraw]').click();
  });
  const bad = document.querySelector('.bad input, .bad select, .bad textarea');
  if (bad) bad.focus();
})();
`;
