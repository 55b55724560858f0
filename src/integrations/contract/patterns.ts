import type { ConnectorDependencies } from './upstream.ts';

/**
 * Makes a matcher for a Setting that holds regular expressions for vendors' sentences: one text, or a list of which
 * any may match, case-insensitive. A value that is no regular expression is logged and `fallback` is used, so that a
 * typing error in a Setting stops no task.
 */
export function createPatternMatcher(
  dependencies: Pick<ConnectorDependencies, 'logger' | 'setting'>,
  pattern: { readonly key: string; readonly fallback: string },
): (text: string) => boolean {
  return (text) => {
    const value = dependencies.setting(pattern.key);
    const sources = [value].flat().filter((source) => typeof source === 'string' && source !== '');
    try {
      const chosen = sources.length === 0 ? [pattern.fallback] : sources;
      return chosen.some((source) => new RegExp(`${source}`, 'iu').test(text));
    } catch (error) {
      dependencies.logger.warn({
        msg: 'the Setting is not a regular expression; the default is used',
        key: pattern.key,
        error,
      });
      return new RegExp(pattern.fallback, 'iu').test(text);
    }
  };
}
