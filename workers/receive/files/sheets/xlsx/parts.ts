/** 工作簿: where the parts of a workbook are: its sheets, its texts, its formats; found by what they are to it, not by their names. */
import type { DayOrigin } from '../../../../../schema/index.ts';
import { attribute, scan } from '../markup.ts';
import type { Archive } from '../zip.ts';

export type Parts = {
  /** Those that can be seen, in their order. */
  readonly sheets: readonly { readonly name: string; readonly path: string }[];
  readonly strings: string | null;
  readonly styles: string | null;
  readonly origin: DayOrigin;
  /** Formulas wait for a program to reckon them; what stands there until then is a nought or an old result. */
  readonly isUnreckoned: boolean;
};

type Relation = { readonly id: string; readonly kind: string; readonly path: string };

const usual = 'xl/workbook.xml';

export async function readParts(archive: Archive): Promise<Parts> {
  const top = await relationsOf(archive, '');
  const workbook = top.find(({ kind }) => kind === 'officeDocument')?.path ?? usual;
  const relations = await relationsOf(archive, archive.has(workbook) ? workbook : usual);
  const { listed, origin, isUnreckoned } = await readWorkbook(
    archive,
    archive.has(workbook) ? workbook : usual,
  );
  const sheets = listed.flatMap(({ id, name }) => {
    const path = relations.find((relation) => relation.id === id)?.path;
    return path === undefined || !archive.has(path) ? [] : [{ name, path }];
  });
  const first = 'xl/worksheets/sheet1.xml';
  const pathOf = (kind: string): string | null => relations.find((one) => one.kind === kind)?.path ?? null;
  return {
    sheets: sheets.length === 0 && archive.has(first) ? [{ name: '', path: first }] : sheets,
    strings: pathOf('sharedStrings') ?? 'xl/sharedStrings.xml',
    styles: pathOf('styles'),
    origin,
    isUnreckoned,
  };
}

const sheetsMax = 200;

type Workbook = Pick<Parts, 'origin' | 'isUnreckoned'> & {
  readonly listed: readonly { readonly id: string; readonly name: string }[];
};

async function readWorkbook(archive: Archive, path: string): Promise<Workbook> {
  const listed: { id: string; name: string }[] = [];
  let origin: DayOrigin = '1900';
  let isUnreckoned = false;
  const isOn = (attributes: string, name: string): boolean =>
    ['1', 'true', 'on'].includes(attribute(attributes, name) ?? '');
  await scan(archive.text(path), {
    open: (name, attributes) => {
      if (name === 'workbookPr') origin = isOn(attributes, 'date1904') ? '1904' : '1900';
      if (name === 'calcPr') isUnreckoned = isOn(attributes, 'fullCalcOnLoad');
      if (name !== 'sheet' || listed.length >= sheetsMax) return;
      if ((attribute(attributes, 'state') ?? 'visible') !== 'visible') return;
      listed.push({ id: attribute(attributes, 'id') ?? '', name: attribute(attributes, 'name') ?? '' });
    },
    text: () => undefined,
    close: () => undefined,
  });
  return { listed, origin, isUnreckoned };
}

const relationsMax = 2_000;

/** What belongs to a part stands beside it in `_rels`; paths are from its folder. */
async function relationsOf(archive: Archive, part: string): Promise<readonly Relation[]> {
  const cut = part.lastIndexOf('/') + 1;
  const [folder, file] = [part.slice(0, cut), part.slice(cut)];
  const relations: Relation[] = [];
  await scan(archive.text(`${folder}_rels/${file}.rels`), {
    open: (name, attributes) => {
      if (name !== 'Relationship' || relations.length >= relationsMax) return;
      const [id, type, target] = ['Id', 'Type', 'Target'].map((key) => attribute(attributes, key) ?? '');
      relations.push({
        id: id ?? '',
        kind: (type ?? '').replace(/^.*\//, ''),
        path: pathFrom(folder, target ?? ''),
      });
    },
    text: () => undefined,
    close: () => undefined,
  });
  return relations;
}

function pathFrom(folder: string, target: string): string {
  const plain = target.replaceAll('\\', '/');
  const path: string[] = [];
  for (const step of (plain.startsWith('/') ? plain : folder + plain).split('/')) {
    if (step === '..') path.pop();
    else if (step !== '' && step !== '.') path.push(step);
  }
  return path.join('/');
}
