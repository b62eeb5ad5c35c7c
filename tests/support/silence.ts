/** 没有回音: a line on which nobody answers, until whoever asked gives up. */

// A request tells its signal only while somebody holds it: Node collects one that is merely waited for, and then nobody gives up.
const waiting = new Set<Request>();

export function silence(request: Request): Promise<never> {
  waiting.add(request);
  return new Promise((_, reject) =>
    request.signal.addEventListener(
      'abort',
      () => {
        waiting.delete(request);
        reject(new Error('aborted'));
      },
      { once: true },
    ),
  );
}
