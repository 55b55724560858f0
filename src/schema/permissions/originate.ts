import { mayOriginate } from '../../domain/access/visibility.ts';
import type { Locale } from '../../domain/errors/error-entry.ts';
import { normaliseText } from '../../domain/text/text.ts';
import type { RequestScope } from '../context/context.ts';
import { apiError } from '../context/errors.ts';

/**
 * A key that is bound to origin systems speaks for no other.
 * @throws FORBIDDEN, naming what the key is bound to.
 */
export function assertMayOriginate({ viewer, locale }: RequestScope, originSystem: string): void {
  if (viewer === null || mayOriginate(viewer.sees, normaliseText(originSystem))) return;
  const origins = viewer.sees.kind === 'origins' ? viewer.sees.originSystems : [];
  const bound = origins.join(', ');
  const asked = normaliseText(originSystem);
  const meant = origins.find((origin) => origin.toLowerCase() === asked.toLowerCase());
  const message = meant === undefined ? boundText(locale, bound) : caseText(locale, { asked, meant });
  throw apiError('FORBIDDEN', message, { argument: 'input.originSystem' });
}

/** Upper and lower case tell origin systems apart. */
function caseText(
  locale: Locale,
  { asked, meant }: { readonly asked: string; readonly meant: string },
): string {
  return locale === 'EN'
    ? `originSystem is case-sensitive: your key is bound to "${meant}", not "${asked}". Send "${meant}".`
    : `originSystem 区分大小写：您的密钥限定的是“${meant}”，而不是“${asked}”。请使用“${meant}”。`;
}

function boundText(locale: Locale, bound: string): string {
  return locale === 'EN'
    ? `Your key may send requests of these origin systems only: ${bound}. Correct originSystem, or ask an administrator for another key.`
    : `您的密钥只能提交以下来源系统的请求：${bound}。请修改 originSystem，或向管理员申请其他密钥。`;
}
