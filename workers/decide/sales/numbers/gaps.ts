/** 断号: receipts that are probably missing where a till numbers one after another; a guess, and none where its numbers jump. */

const gapMax = 20;
const gapsMax = 50;
const serial = /^(.*?)(\d{1,12})$/s;

export function gapsIn(numbers: readonly string[]): string[] {
  const runs = Map.groupBy(
    numbers.flatMap((number) => {
      const [, head, tail] = serial.exec(number) ?? [];
      return head === undefined || tail === undefined ? [] : [{ head, tail }];
    }),
    ({ head, tail }) => `${head}/${tail.startsWith('0') ? tail.length : ''}`,
  );
  const gaps = [...runs.values()].flatMap((run) => {
    const head = run[0]?.head ?? '';
    const width = Math.max(...run.map(({ tail }) => (tail.startsWith('0') ? tail.length : 0)));
    const places = run.map(({ tail }) => Number(tail)).toSorted((one, other) => one - other);
    return between(places).map((place) => head + String(place).padStart(width, '0'));
  });
  // Where more is missing than there is, the numbers are not one after another.
  return gaps.length < numbers.length ? gaps.slice(0, gapsMax) : [];
}

const between = (places: readonly number[]): number[] =>
  places.flatMap((place, index) => {
    const next = places[index + 1] ?? place;
    const missing = next - place - 1;
    return missing > 0 && missing <= gapMax
      ? Array.from({ length: missing }, (_, step) => place + 1 + step)
      : [];
  });
