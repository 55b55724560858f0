import type { SourceFile } from './read-source.ts';

const FOLDER = 'docs/decisions/';
const REFERENCE = /\bADR (\d{4})\b|\bdecisions\/(\d{4})\b/g;

/**
 * Problems of the decision log: its pages are numbered from 0001 without gaps or repeats, bear their number, are in the
 * list, and whatever text refers to one finds it.
 */
export function decisionProblems(texts: readonly SourceFile[]): string[] {
  const pages = texts.filter(({ path }) => path.startsWith(FOLDER) && /\/\d{4}-[^/]+\.md$/.test(path));
  const list = texts.find(({ path }) => path === `${FOLDER}README.md`)?.source ?? '';
  const known = new Set(pages.map(numberOf));
  return [
    ...pages.flatMap((page, index) => {
      const number = numberOf(page);
      const expected = String(index + 1).padStart(4, '0');
      return [
        ...(number === expected ? [] : [`${page.path} should be number ${expected}`]),
        ...(page.source.startsWith(`# ${number} `)
          ? []
          : [`${page.path} does not begin with "# ${number} "`]),
        ...(list.includes(`(${page.path.slice(FOLDER.length)})`)
          ? []
          : [`${page.path} is not listed in ${FOLDER}README.md`]),
      ];
    }),
    ...texts.flatMap(({ path, source }) =>
      Array.from(source.matchAll(REFERENCE), ([text, adr, page]) =>
        known.has(adr ?? page ?? '') ? [] : [`${path} refers to ${text}, which does not exist`],
      ).flat(),
    ),
  ];
}

function numberOf({ path }: SourceFile): string {
  return path.slice(FOLDER.length, FOLDER.length + 4);
}
