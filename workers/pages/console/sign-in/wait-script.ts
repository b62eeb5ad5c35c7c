/** 等待确认 with a script: asks every two seconds, and goes on when there is something new. */

/** `path` answers 204 while nothing has happened; without `to` the same page is loaded again. */
export const waitScript = (path: string, to?: string): string => `
(() => {
  const ask = async () => {
    try {
      const { status } = await fetch(${JSON.stringify(path)}, { cache: 'no-store' });
      if (status === 200) return ${to === undefined ? 'location.reload()' : `location.assign(${JSON.stringify(to)})`};
    } catch {}
    setTimeout(ask, 2000);
  };
  setTimeout(ask, 2000);
})();
`;
