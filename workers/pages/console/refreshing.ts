/** 自己刷新: a page of what is being done behind it is loaded again and again until it is done; everything works without it. */

export const refreshesItself = '这一页会自己刷新，关掉再来也可以。';

/** Soon at first; what takes long is looked at less often, because every look costs what a page costs. */
const [againSecondsMin, againSecondsMax, looksPerAge] = [5, 60, 10];
const againIn = (ageMs: number): number =>
  Math.min(againSecondsMax * 1000, Math.max(againSecondsMin * 1000, ageMs / looksPerAge));
/** Nobody looks at a tab that is hidden; what was said on arrival is said once; whoever goes somewhere else is not called back. */
export const refreshing = (ageMs: number): string => `(() => {
  const look = () => {
    if (document.hidden) return document.addEventListener('visibilitychange', look, { once: true });
    const here = new URL(location);
    here.searchParams.delete('said');
    history.replaceState(null, '', here);
    location.reload();
  };
  let timer = setTimeout(look, ${againIn(ageMs)});
  addEventListener('beforeunload', () => {
    document.removeEventListener('visibilitychange', look);
    clearTimeout(timer);
    // A file that was asked for leaves the page where it is.
    timer = setTimeout(look, ${againSecondsMax * 1000});
  });
})()`;
