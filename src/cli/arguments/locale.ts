/** Languages of the command line. */
export type CliLocale = 'zh-CN' | 'en';

/** Gives the text in the language of the command line. */
export type Say = (chinese: string, english: string) => string;

type Environment = Readonly<Record<string, string | undefined>>;

/** By flag, else DEFAULT_LOCALE as for the service, else what the terminal is set to, else Chinese. */
export function localeOf(argv: readonly string[], environment: Environment): CliLocale {
  const at = argv.findIndex((argument) => argument === '--locale' || argument.startsWith('--locale='));
  const flag = argv[at]?.includes('=') ? argv[at]?.split('=')[1] : argv[at + 1];
  const terminal = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'];
  const candidates = [at < 0 ? undefined : flag, environment['DEFAULT_LOCALE'], terminal];
  const named = candidates.find((name) => name !== undefined && /^(zh|en)\b|^(zh|en)_/i.test(name));
  return named === undefined || /^zh/i.test(named) ? 'zh-CN' : 'en';
}

/** Both languages of a text stand where it is said. */
export function sayIn(locale: CliLocale): Say {
  return locale === 'en' ? (_, english) => english : (chinese) => chinese;
}
