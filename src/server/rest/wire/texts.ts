import type { Locale } from '../../../domain/errors/error-entry.ts';

/** A text in the languages of the service. */
export type LocalText = Readonly<Record<Locale, string>>;

/** Texts for callers that GraphQL has no counterpart for. */
export const texts = {
  notFound: { ZH_CN: '未找到。', EN: 'Not found.' },
  invalidPage: { ZH_CN: '无效页面。', EN: 'Invalid page.' },
  notAcceptable: {
    ZH_CN: '只能以 JSON 应答：请在 Accept 中接受 application/json。',
    EN: 'Answers are JSON only: accept application/json.',
  },
  brokenJson: { ZH_CN: '请求体不是有效的 JSON。', EN: 'The body is not valid JSON.' },
  brokenText: { ZH_CN: '请求体不是有效的 UTF-8。', EN: 'The body is not valid UTF-8.' },
  tooLarge: {
    ZH_CN: '请求体过大。请分多次提交，或调大 HTTP_BODY_LIMIT_BYTES。',
    EN: 'The body is too large. Send it in several calls, or raise HTTP_BODY_LIMIT_BYTES.',
  },
  compressed: { ZH_CN: '不接受压缩的请求体。', EN: 'Compressed bodies are not accepted.' },
  noObject: { ZH_CN: '无效数据：应为一个 JSON 对象。', EN: 'Invalid data: a JSON object is expected.' },
  noList: { ZH_CN: '应为一个列表。', EN: 'A list is expected.' },
  required: { ZH_CN: '该字段是必填项。', EN: 'This field is required.' },
  isNull: { ZH_CN: '该字段不能为 null。', EN: 'This field may not be null.' },
  noText: { ZH_CN: '应为字符串。', EN: 'Not a valid string.' },
  noBoolean: { ZH_CN: '应为 true 或 false。', EN: 'Must be true or false.' },
  noInteger: { ZH_CN: '应为整数。', EN: 'A whole number is required.' },
  noDate: {
    ZH_CN: '应为日期时间，例如 2026-11-22T10:00:00+08:00。',
    EN: 'A date and time is required, such as 2026-11-22T10:00:00+08:00.',
  },
  atLeastOne: { ZH_CN: '应不小于 1。', EN: 'Must be at least 1.' },
  foreignOrigin: {
    ZH_CN: '其他网站的页面不能用 Basic 方式调用。请在请求头 X-Api-Key 中发送密钥。',
    EN: 'Pages of other sites may not call with Basic. Send the key in the header X-Api-Key.',
  },
  notSignedIn: {
    ZH_CN:
      '未提供身份凭据。请在请求头中发送密钥："Authorization: Bearer <密钥>"、"X-Api-Key: <密钥>"，或在地址中写 http://oa:<密钥>@主机。',
    EN: 'No credentials were sent. Send the key in a header, "Authorization: Bearer <key>" or "X-Api-Key: <key>", or in the address: http://oa:<key>@host.',
  },
  shuttingDown: { ZH_CN: '服务正在停止，请稍后重试。', EN: 'The service is shutting down; try again.' },
  failed: {
    ZH_CN: '服务内部错误。请将编号 {id} 告知管理员。',
    EN: 'Something went wrong on our side. Please report the id {id}.',
  },
  onlyPending: {
    ZH_CN: '任务只能改为 pending（即重试）。',
    EN: 'A task can only be set to pending, which retries it.',
  },
  mappingExists: {
    ZH_CN: '该 iData 部门代码的映射已存在。',
    EN: 'There is a mapping of this iData department code already.',
  },
  unknownPerson: { ZH_CN: '没有此人员。', EN: 'There is no such person.' },
  badValue: { ZH_CN: '该配置不接受此值。', EN: 'The setting does not take this value.' },
  unknownSetting: { ZH_CN: '没有此配置项：{key}。', EN: 'There is no such setting: {key}.' },
  gone: {
    ZH_CN: '此接口不再提供，请改用 use 所示的方式。',
    EN: 'This is no longer offered; use what `use` names.',
  },
} as const satisfies Readonly<Record<string, LocalText>>;

/** A refusal that names the method. */
export function methodNotAllowed(method: string, locale: Locale): string {
  return locale === 'ZH_CN' ? `方法 “${method}” 不被允许。` : `Method "${method}" not allowed.`;
}

/** A refusal that names the media type. */
export function unsupportedMediaType(mediaType: string, locale: Locale): string {
  return locale === 'ZH_CN'
    ? `不支持请求中的媒体类型 “${mediaType}”。`
    : `Unsupported media type "${mediaType}" in request.`;
}

/** A refusal that names the value of a closed set. */
export function noChoice(value: string, locale: Locale): string {
  const shown = value.slice(0, 100);
  return locale === 'ZH_CN' ? `“${shown}” 不是合法选项。` : `"${shown}" is not a valid choice.`;
}

/** A text with its only value. */
export function fill(text: string, key: string, value: string): string {
  return text.replace(`{${key}}`, value);
}
