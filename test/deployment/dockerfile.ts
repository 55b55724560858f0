import { existsSync } from 'node:fs';
import { matchesGlob } from 'node:path';

export interface Instruction {
  readonly name: string;
  readonly rest: string;
}

/** The instructions of a Dockerfile in order, with continued lines joined. */
export function instructionsOf(source: string): readonly Instruction[] {
  return source
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, name = '', rest = ''] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
      return { name: name.toUpperCase(), rest };
    });
}

/** What is wrong with a Dockerfile of ours, in sentences; `ignore` is `.dockerignore`. */
export function dockerfileProblems(
  source: string,
  options: { readonly ignore: string; readonly nodeVersion: string },
): readonly string[] {
  const instructions = instructionsOf(source);
  const rest = (name: string) => instructions.filter((each) => each.name === name).map((each) => each.rest);
  // Of the stage that builds the pages nothing is kept but them.
  const shipped = withoutStage(instructions, 'pages');
  const installs = shipped
    .filter(({ name, rest: command }) => name === 'RUN' && command.includes('npm '))
    .map((each) => each.rest);
  const taken = rest('COPY').filter((given) => /^--from=pages (?!\/app\/console\/dist )/.test(given));
  return [
    ...rest('FROM').flatMap((from) => baseProblems(from, rest('ARG'), options.nodeVersion)),
    ...rest('ADD').map((given) => `ADD ${given}: COPY says what it does`),
    ...rest('COPY').flatMap((given) => copyProblems(given, options.ignore)),
    ...taken.map((given) => `COPY ${given}: only the pages are taken from there`),
    ...installs
      .filter((command) => !/npm ci .*--omit=dev .*--omit=optional/.test(command))
      .map((command) => `installs more than the lockfile's production packages: ${command}`),
    ...(/^[1-9]\d*:[1-9]\d*$/.test(rest('USER').at(-1) ?? '')
      ? []
      : ['does not end as a numbered account but root']),
    ...(rest('HEALTHCHECK').length === 1 ? [] : ['has no HEALTHCHECK']),
    ...(rest('ENTRYPOINT').at(-1) === '["node"]'
      ? []
      : ['does not start Node itself: signals would be lost']),
    ...[...(rest('CMD').at(-1) ?? '').matchAll(/"([^"]+\.[jt]s)"/g)]
      .filter(([, file = '']) => !existsSync(file))
      .map(([, file]) => `CMD runs ${file}, which does not exist`),
  ];
}

function withoutStage(instructions: readonly Instruction[], stage: string): readonly Instruction[] {
  let inside = false;
  return instructions.filter(({ name, rest }) => {
    if (name === 'FROM') inside = rest.endsWith(` AS ${stage}`);
    return !inside;
  });
}

/** `FROM image [AS stage]`, the image perhaps by an ARG with a default. */
function baseProblems(from: string, args: readonly string[], nodeVersion: string): readonly string[] {
  const [given = ''] = from.split(/\s+/);
  const image = given.replaceAll(/\$\{(\w+)\}/g, (_, name: string) =>
    (args.find((arg) => arg.startsWith(`${name}=`)) ?? '').slice(name.length + 1),
  );
  return image.startsWith(`node:${nodeVersion}-`) ? [] : [`FROM ${image}: expected node:${nodeVersion}-…`];
}

function copyProblems(given: string, ignore: string): readonly string[] {
  if (given.startsWith('--from=')) return [];
  const sources = given.split(/\s+/).slice(0, -1);
  return sources.flatMap((path) => {
    if (!existsSync(path)) return [`COPY ${path}: does not exist`];
    return isIgnored(path, ignore) ? [`COPY ${path}: .dockerignore keeps it out`] : [];
  });
}

/** The last line that fits decides; `!` lets through. */
export function isIgnored(path: string, ignore: string): boolean {
  return ignore
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .reduce((ignored, line) => {
      const pattern = line.replace(/^!/, '');
      // Docker's `*` also means names that begin with a dot.
      const fits = pattern === '*' || matchesGlob(path, pattern) || matchesGlob(path, `${pattern}/**`);
      return fits ? !line.startsWith('!') : ignored;
    }, false);
}
