/** Properties of a sheet's cells beyond their values. */
export interface SheetMarks {
  /** Number of digits that a number is shown with, by cell (`A2`): `000126` is stored as 126 and shown with six. */
  readonly widths: ReadonlyMap<string, number>;
  /** Error values (`#N/A`), by cell. */
  readonly errors: ReadonlyMap<string, string>;
  /** Lines that the sheet hides, by a filter or by hand. */
  readonly hidden: readonly number[];
}

const NO_MARKS: SheetMarks = { widths: new Map(), errors: new Map(), hidden: [] };
const END_OF_DIRECTORY = 0x06054b50;
const END_LENGTH = 22;
const ENTRY_LENGTH = 46;
const LOCAL_LENGTH = 30;
const DEFLATED = 8;
/** As much as a sheet may be when it is unpacked: far above any list of people. */
const MAX_UNPACKED_BYTES = 256 * 1_024 * 1_024;

/**
 * Reads number formats, errors and hidden lines, which the library for workbooks leaves out: with the format `000000`
 * a number shows as an employee number with its zeros. By the sheet's name; no marks where the archive is unusual.
 */
export async function readSheetMarks(bytes: Uint8Array, sheet: string): Promise<SheetMarks> {
  const entries = entriesOf(bytes);
  const text = async (path: string) => {
    const entry = entries.get(path);
    return entry === undefined ? '' : new TextDecoder().decode(await unpack(bytes, entry));
  };
  const workbook = await text('xl/workbook.xml');
  const relation = [...workbook.matchAll(/<(?:\w+:)?sheet\b[^>]*>/g)]
    .map(([tag]) => ({ name: unescaped(attribute(tag, 'name')), id: attribute(tag, '(?:\\w+:)?id') }))
    .find(({ name }) => name === sheet);
  if (relation === undefined) return NO_MARKS;
  const relations = await text('xl/_rels/workbook.xml.rels');
  const target = [...relations.matchAll(/<(?:\w+:)?Relationship\b[^>]*>/g)]
    .map(([tag]) => ({ id: attribute(tag, 'Id'), path: attribute(tag, 'Target') }))
    .find(({ id }) => id === relation.id);
  if (target === undefined) return NO_MARKS;
  const path = target.path.startsWith('/') ? target.path.slice(1) : `xl/${target.path}`;
  return marksOf(await text(path), widthsByStyle(await text('xl/styles.xml')));
}

function marksOf(xml: string, widthOf: readonly (number | null)[]): SheetMarks {
  const widths = new Map<string, number>();
  const errors = new Map<string, string>();
  for (const [, tag = '', inner = ''] of xml.matchAll(/<(?:\w+:)?c\b([^>]*[^/>])>(.*?)<\/(?:\w+:)?c>/gs)) {
    const at = attribute(tag, 'r');
    const width = widthOf[Number(attribute(tag, 's') || 'NaN')] ?? null;
    if (width !== null) widths.set(at, width);
    if (attribute(tag, 't') === 'e')
      errors.set(at, unescaped(/<(?:\w+:)?v>([^<]*)</.exec(inner)?.[1] ?? '#'));
  }
  const hidden = [...xml.matchAll(/<(?:\w+:)?row\b[^>]*>/g)]
    .filter(([tag]) => /^(?:1|true)$/.test(attribute(tag, 'hidden')))
    .map(([tag]) => Number(attribute(tag, 'r')));
  return { widths, errors, hidden };
}

/** For each style of a cell the digits it pads a number to; null for any other. */
function widthsByStyle(styles: string): (number | null)[] {
  const formats = new Map(
    [...styles.matchAll(/<(?:\w+:)?numFmt\b[^>]*>/g)].map(([tag]) => [
      attribute(tag, 'numFmtId'),
      unescaped(attribute(tag, 'formatCode')),
    ]),
  );
  const cells = /<(?:\w+:)?cellXfs\b.*?<\/(?:\w+:)?cellXfs>/s.exec(styles)?.[0] ?? '';
  return [...cells.matchAll(/<(?:\w+:)?xf\b[^>]*>/g)].map(([tag]) => {
    const format = formats.get(attribute(tag, 'numFmtId')) ?? '';
    return /^"?0{2,}"?(?:_ |;.*)?$/.test(format) ? (format.split(';')[0]?.match(/0/g)?.length ?? null) : null;
  });
}

interface Entry {
  readonly method: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly offset: number;
}

/** The archive's directory, from its end. */
function entriesOf(bytes: Uint8Array): ReadonlyMap<string, Entry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = new Map<string, Entry>();
  let end = bytes.length - END_LENGTH;
  while (end >= 0 && view.getUint32(end, true) !== END_OF_DIRECTORY) end -= 1;
  if (end < 0) return entries;
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0 && at + ENTRY_LENGTH <= end; left -= 1) {
    const nameLength = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + ENTRY_LENGTH, at + ENTRY_LENGTH + nameLength));
    entries.set(name, {
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      unpacked: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    });
    at += ENTRY_LENGTH + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

async function unpack(bytes: Uint8Array, { method, packed, unpacked, offset }: Entry): Promise<Uint8Array> {
  if (unpacked > MAX_UNPACKED_BYTES || offset + LOCAL_LENGTH > bytes.length) return new Uint8Array();
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, LOCAL_LENGTH);
  const from = offset + LOCAL_LENGTH + view.getUint16(26, true) + view.getUint16(28, true);
  const data = bytes.slice(from, from + packed);
  if (method !== DEFLATED) return data;
  const stream = new Blob([data]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function attribute(tag: string, name: string): string {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(` ${tag}`)?.[1] ?? '';
}

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/&#x([\da-f]+);/gi, (_, code) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replaceAll('&amp;', '&');
}
