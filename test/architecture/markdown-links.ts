import { posix } from 'node:path';
import type { SourceFile } from './read-source.ts';

/** Beginnings of addresses that lead out of the project. */
const ELSEWHERE = /^(?:[a-z][a-z+.-]*:|\/\/)/i;
const INLINE_LINK = /!?\[(?:[^[\]]|\[[^\]]*\])*\]\(\s*<?([^\s)>]+)>?(?:\s+"[^"]*")?\s*\)/g;
const REFERENCE = /^ {0,3}\[[^\]]+\]:\s+<?(\S+?)>?(?:\s|$)/gm;
/** A file of ours as prose names it: `src/database/transaction.ts`. */
const NAMED_FILE = /`((?:src|docs|test|bench|deploy|migrations|samples|clients|console)\/[\w./-]+\.\w+)`/g;

interface Page {
  readonly anchors: ReadonlySet<string>;
}

/**
 * Problems of Markdown: relative links to what is not there, links to headings that do not exist, and files of the
 * project named in backticks that are gone. `paths` are all files of the project.
 */
export function linkProblems(pages: readonly SourceFile[], paths: readonly string[]): string[] {
  const files = new Set(paths);
  const folders = new Set(paths.flatMap(foldersOf));
  const known = new Map(pages.map((page) => [page.path, readPage(page)]));
  return pages.flatMap((page) => {
    const prose = withoutCode(page.source);
    const links = [...matches(prose, INLINE_LINK), ...matches(prose, REFERENCE)];
    return [
      ...links.flatMap((link) => {
        const problem = linkProblem(link, { from: page.path, files, folders, known });
        return problem === null ? [] : [`${page.path} links to ${link}: ${problem}`];
      }),
      ...matches(withoutFences(page.source), NAMED_FILE)
        .filter((path) => !files.has(path))
        .map((path) => `${page.path} names ${path}: no such file`),
    ];
  });
}

interface Project {
  readonly from: string;
  readonly files: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
  readonly known: ReadonlyMap<string, Page>;
}

function linkProblem(link: string, { from, files, folders, known }: Project): string | null {
  if (ELSEWHERE.test(link)) return null;
  const [path = '', anchor = ''] = link.split('#', 2);
  const target =
    path === '' ? from : posix.join(posix.dirname(from), decodeURI(path)).replace(/(.)\/$/, '$1');
  if (!files.has(target) && !folders.has(target)) return 'no such file';
  const page = known.get(target);
  if (anchor === '' || page === undefined) return null;
  return page.anchors.has(decodeURI(anchor)) ? null : 'no such heading';
}

function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return ['.', ...parts.map((_, index) => parts.slice(0, index + 1).join('/'))];
}

function matches(text: string, pattern: RegExp): string[] {
  return Array.from(text.matchAll(pattern), ([, found = '']) => found);
}

function withoutFences(text: string): string {
  return text.replace(/^( {0,3})(```+|~~~+)[^\n]*\n[\s\S]*?^\1\2[ \t]*$/gm, '');
}

function withoutCode(text: string): string {
  return withoutFences(text).replace(/(`+)[^`\n]+\1/g, 'code');
}

function readPage({ source }: SourceFile): Page {
  const text = withoutFences(source);
  const anchors = new Set(matches(text, /<a (?:id|name)="([^"]+)"/g));
  const seen = new Map<string, number>();
  for (const heading of matches(text, /^ {0,3}#{1,6}\s+(.+?)\s*#*$/gm)) {
    const slug = slugOf(heading);
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    anchors.add(count === 0 ? slug : `${slug}-${count}`);
  }
  return { anchors };
}

/** The anchor that GitHub gives a heading. */
function slugOf(heading: string): string {
  const text = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*]/g, '');
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
    .replaceAll(' ', '-');
}
