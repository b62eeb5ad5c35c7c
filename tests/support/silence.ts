/** 没有回音: a line on which nobody answers, until whoever asked gives up. */

// A request tells its signal only while somebody holds it: Node collects one that is merely waited for, and then nobody gives up.
const waiting = new Set<Request>();

export function silence(request: Request): Promise<never> {
  const { signal } = request;
  const { promise, reject } = Promise.withResolvers<never>();
  const giveUp = (): void => {
    waiting.delete(request);
    reject(new Error('aborted'));
  };
  waiting.add(request);
  // On a busy machine the time may be over before the request has left, and is not over a second time.
  if (signal.aborted) giveUp();
  else signal.addEventListener('abort', giveUp, { once: true });
  return promise;
}
