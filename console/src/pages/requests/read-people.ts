import {
  decodeAs,
  likeliest,
  mixedLines,
  readingsOf,
} from '../../../../clients/typescript/src/files/judge-encoding.ts';
import type { AccountUserInput } from '../../api/generated/graphql.ts';

/** Headings of the columns, as portals and spreadsheets write them. */
const HEADINGS: Readonly<Record<keyof Person, RegExp>> = {
  employeeNumber: /^(employee_?number|number|工号|员工编号)$/i,
  employeeName: /^(employee_?name|name|姓名)$/i,
  departmentCode: /^(department_?code|department|部门编码|部门)$/i,
  phoneNumber: /^(phone_?number|phone|mobile|手机号?|电话)$/i,
  partnerCompany: /^(partner_?company|company|合作公司|公司)$/i,
  country: /^(country|国家)$/i,
};

type Person = Required<
  Pick<
    AccountUserInput,
    'employeeNumber' | 'employeeName' | 'departmentCode' | 'phoneNumber' | 'partnerCompany' | 'country'
  >
>;
const names = [
  'employeeNumber',
  'employeeName',
  'departmentCode',
  'phoneNumber',
  'partnerCompany',
  'country',
] as const;

/** People of a CSV text: by its headings, else in the order number, name, department, phone, company, country. */
export function readPeople(text: string): readonly AccountUserInput[] {
  const lines = readCsv(text).filter((line) => line.some((value) => value.trim() !== ''));
  const [first = []] = lines;
  const order = names.map((name) => first.findIndex((heading) => HEADINGS[name].test(heading.trim())));
  const hasHeadings = order[0] !== -1;
  return lines.slice(hasHeadings ? 1 : 0).map((line) => {
    const person: Record<string, string> = {};
    names.forEach((name, index) => {
      const value = line[hasHeadings ? (order[index] ?? -1) : index]?.trim();
      if (value) person[name] = value;
    });
    return person;
  });
}

/** A file as spreadsheets save it: UTF-8 or UTF-16, else GB18030 where it plainly is. Null: nobody can tell what it is. */
export async function readText(file: File): Promise<string | null> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return decodeAs('utf-16le', bytes);
  if (first === 0xfe && second === 0xff) return decodeAs('utf-16be', bytes);
  const utf8 = decodeAs('utf-8', bytes);
  if (utf8 !== null) return utf8;
  if (mixedLines(bytes).other.length > 0) return null;
  return likeliest(readingsOf(bytes))?.text ?? null;
}

/** Cells of a CSV text; separated by commas, or by tabs as they are pasted from a spreadsheet. */
export function readCsv(text: string): readonly (readonly string[])[] {
  const separator = (text.split('\n')[0] ?? '').includes('\t') ? '\t' : ',';
  const lines: string[][] = [[]];
  let cell = '';
  let quoted = false;
  const endCell = () => {
    lines.at(-1)?.push(cell);
    cell = '';
  };
  const source = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  for (let at = 0; at < source.length; at += 1) {
    const sign = source[at] ?? '';
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (source[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (sign === '"' && cell === '') quoted = true;
    else if (sign === separator) endCell();
    else if (sign === '\n') {
      endCell();
      lines.push([]);
    } else cell += sign;
  }
  endCell();
  return lines;
}
