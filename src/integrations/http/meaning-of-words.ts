import type { Failure } from './http-failure.ts';

/** Words of an answer and their meaning whatever its code: never one person's fault. */
const MEANINGS: readonly { readonly words: RegExp; readonly meaning: Pick<Failure, 'failure' | 'code'> }[] = [
  {
    words:
      /(?:access.?)?(?:token|ticket)\b.*(?:invalid|expire|illegal|missing|wrong)|(?:invalid|expired|illegal|missing|wrong).*\b(?:token|ticket)|(?:令牌|凭证|票据|token).*(?:失效|无效|过期|非法|错误)|(?:失效|无效|过期|非法).*(?:令牌|凭证|票据|token)|unauthori[sz]ed|not logged in|未登录|登录(?:已)?(?:失效|过期|超时)/iu,
    meaning: { failure: 'credentials', code: 'UPSTREAM_TOKEN_REFUSED' },
  },
  {
    words:
      /rate.?limit|too many (?:requests|calls)|(?:request|call|api).*(?:frequen|quota)|quota|throttl|limit exceeded|限流|限频|调用次数|(?:请求|调用|访问|操作)(?:过于|太)?频繁|超(?:出|过).*(?:频率|配额|次数)/iu,
    meaning: { failure: 'throttled', code: 'UPSTREAM_THROTTLED' },
  },
  {
    words:
      /permission|forbidden|access (?:is )?denied|not authori[sz]ed|no (?:right|privilege)|insufficient (?:scope|privilege|right)|ip (?:address )?(?:is )?not (?:allowed|in)|white.?list|allow.?list|licen[cs]e|(?:应用|接口|api|调用|操作)?(?:没有|无|缺少|未授予).{0,6}权限|权限不足|未授权|白名单|应用.*(?:停用|禁用|过期)|许可/iu,
    meaning: { failure: 'credentials', code: 'UPSTREAM_CREDENTIALS' },
  },
];

/**
 * Meaning of an unknown code by the words beside it. Words about tokens, rights and limits are about us, not about
 * the person of this call. Null when they are about something else.
 */
export function meaningOfWords(message: string | null | undefined): Pick<Failure, 'failure' | 'code'> | null {
  if (message === null || message === undefined || message === '') return null;
  return MEANINGS.find(({ words }) => words.test(message))?.meaning ?? null;
}
