import { expect, test } from 'vitest';
import { localeOf } from './locale.ts';

test.for([
  [['stats'], {}, 'zh-CN'],
  [['stats'], { LANG: 'en_US.UTF-8' }, 'en'],
  [['stats'], { LANG: 'zh_CN.UTF-8', LC_ALL: 'en_GB.UTF-8' }, 'en'],
  [['stats'], { LANG: 'C.UTF-8' }, 'zh-CN'],
  [['stats'], { LANG: 'en_US.UTF-8', DEFAULT_LOCALE: 'zh-CN' }, 'zh-CN'],
  [['--locale', 'en', 'stats'], { DEFAULT_LOCALE: 'zh-CN' }, 'en'],
  [['stats', '--locale=zh-CN'], { DEFAULT_LOCALE: 'en' }, 'zh-CN'],
] as const)('%j with %j speaks %s', ([argv, environment, locale]) => {
  expect(localeOf(argv, environment)).toBe(locale);
});
