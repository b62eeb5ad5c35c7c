/** XLSX: the first visible sheet that has the needed columns, row by row as it is unpacked, so that a large one fits in memory. */
import { otherFiles, otherSheets } from '../../../words/files/file-words.ts';
import { collector, type Fit, type FitOf } from './collector.ts';
import { faulty, tooLarge, type Sheet, type SheetFault } from './sheet.ts';
import { readFormats } from './xlsx/formats.ts';
import { readParts, type Parts } from './xlsx/parts.ts';
import { readRows, type Looks } from './xlsx/rows.ts';
import { readTexts } from './xlsx/texts.ts';
import { isWorkbook, otherArchive } from './other-files.ts';
import { readArchive, TooLarge, type Archive } from './zip.ts';

const unreadable = faulty('XLSX 文件已损坏或不完整，请用 Excel 重新保存后再上传');

export async function readXlsx(bytes: Uint8Array<ArrayBuffer>, fitOf: FitOf): Promise<Sheet | SheetFault> {
  const archive = readArchive(bytes);
  if (archive === null) return unreadable;
  try {
    const other = otherArchive(archive);
    if (other) return faulty(otherFiles[other]);
    const parts = await readParts(archive);
    const looks = {
      texts: await readTexts(archive, parts.strings),
      formats: await readFormats(archive, parts.styles),
      isUnreckoned: parts.isUnreckoned,
    };
    if (parts.sheets.length === 0) return isWorkbook(archive) ? unreadable : faulty(otherFiles.zip);
    return await readFitting(archive, parts, looks, fitOf);
  } catch (error) {
    if (error instanceof TooLarge) return tooLarge('XLSX 文件解开后太大，请只保留要导入的列和行');
    // Whatever is wrong with the bytes, the merchant's remedy is the same.
    if (error instanceof TypeError || error instanceof RangeError) return unreadable;
    throw error;
  }
}

const sheetsLookedAtMax = 20;

/** Notes, a list of shops or a chart may stand before the sheet that is meant. */
async function readFitting(
  archive: Archive,
  { sheets, origin }: Parts,
  looks: Looks,
  fitOf: FitOf,
): Promise<Sheet | SheetFault> {
  const looked = sheets.slice(0, sheetsLookedAtMax);
  const fits: (Fit | null)[] = [];
  for (const { path } of looked.length > 1 ? looked : [])
    fits.push(await headingOf(archive, path, looks, fitOf));
  const scores = fits.map((fit) => (fit === null ? -1 : fit.known.length + (fit.isWhole ? 1_000 : 0)));
  const place = Math.max(0, scores.indexOf(Math.max(...scores)));
  const sheet = await readWhole(archive, looked[place]?.path ?? '', looks, { fitOf, origin });
  if ('fault' in sheet) return sheet;
  const others = looked.filter((_, one) => one !== place && fits[one]?.isWhole);
  if (others.length === 0) return sheet;
  const note = otherSheets(
    looked[place]?.name ?? '',
    others.map(({ name }) => name),
  );
  return { ...sheet, notes: [...sheet.notes, note] };
}

async function headingOf(archive: Archive, path: string, looks: Looks, fitOf: FitOf): Promise<Fit | null> {
  const lines = collector(fitOf, 'as-placed');
  await readRows(archive, path, looks, (line, cells) => {
    lines.add(line, cells);
    return lines.heading() === null;
  });
  // A sheet of three lines has said all by now.
  lines.sheet('1900');
  return lines.heading();
}

async function readWhole(
  archive: Archive,
  path: string,
  looks: Looks,
  { fitOf, origin }: { readonly fitOf: FitOf; readonly origin: Parts['origin'] },
): Promise<Sheet | SheetFault> {
  const lines = collector(fitOf, 'as-placed');
  let fault: SheetFault | null = null;
  await readRows(archive, path, looks, (line, cells) => {
    fault = lines.add(line, cells);
    return fault === null;
  });
  return fault ?? lines.sheet(origin);
}
