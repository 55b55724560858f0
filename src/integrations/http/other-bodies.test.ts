import { describe, expect, it } from 'vitest';
import { isCutJson } from './other-bodies.ts';

describe('isCutJson', () => {
  const whole = '{"code":"0","data":[{"id":-12.5e3,"ok":true,"none":null,"name":"\\u738b\\n"}]}';

  it('knows every place where an answer can be cut', () => {
    const places = Array.from({ length: whole.length - 1 }, (_, index) => index + 1);
    expect(places.filter((place) => !isCutJson(whole.slice(0, place)))).toEqual([]);
  });

  it.each([whole, '{"code":"0", this is no JSON', '{"code":1}}', '<html>', '', 'slow down', "{'code'"])(
    'is false for %s',
    (text) => {
      expect(isCutJson(text)).toBe(false);
    },
  );
});
