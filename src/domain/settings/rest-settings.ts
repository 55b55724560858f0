import { z } from 'zod';
import { setting } from './setting-definition.ts';

/** Settings of the endpoints that callers of the first system use. */
export const restSettings = {
  rest_enabled: setting(
    z.boolean(),
    true,
    '提供第一代系统的 REST 接口；关闭后这些地址返回 404',
    'Serve the REST endpoints of the first system; when off, their addresses answer 404',
  ),
  rest_wait_seconds: setting(
    z.int().min(0).max(300),
    55,
    '通过 REST 手动触发时，最多等待多少秒再应答；未结束则返回 202',
    'How long a work begun over REST is waited for before it is answered with 202',
  ),
} as const;
