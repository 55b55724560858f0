import { mayOriginate } from '../../domain/access/visibility.ts';
import { normaliseText } from '../../domain/text/text.ts';
import type { RequestScope } from '../context/context.ts';
import { apiError } from '../context/errors.ts';

/**
 * A key that is bound to origin systems speaks for no other.
 * @throws FORBIDDEN, naming what the key is bound to.
 */
export function assertMayOriginate({ viewer, locale }: RequestScope, originSystem: string): void {
  if (viewer === null || mayOriginate(viewer.sees, normaliseText(originSystem))) return;
  const bound = viewer.sees.kind === 'origins' ? viewer.sees.originSystems.join(', ') : '';
  const message =
    locale === 'EN'
      ? `Your key may send requests of these origin systems only: ${bound}. Correct originSystem, or ask an administrator for another key.`
      : `您的密钥只能提交以下来源系统的请求：${bound}。请修改 originSystem，或向管理员申请其他密钥。`;
  throw apiError('FORBIDDEN', message, { argument: 'input.originSystem' });
}
