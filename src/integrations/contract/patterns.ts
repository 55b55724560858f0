import type { ConnectorDependencies } from './upstream.ts';

/**
 * A matcher for a Setting that holds regular expressions for vendors' sentences: a text, or a list of texts of which
 * any may match, without regard to case. A value that is no regular expression is logged and `fallback` used, so
 * that a slip of the pen in a Setting stops nobody.
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
        msg: 'setting is no regular expression, default used',
        key: pattern.key,
        error,
      });
      return new RegExp(pattern.fallback, 'iu').test(text);
    }
  };
}
