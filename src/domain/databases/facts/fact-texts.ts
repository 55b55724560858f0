import type { Locale } from '../../errors/error-entry.ts';
import { formatMoment } from '../../text/format-moment.ts';
import type { LockReason } from '../permissions/catalog.ts';
import type { CapabilityReason } from './capabilities.ts';
import type { MatchReasonCode, MatchRule } from './match-person.ts';

type Text = Readonly<Record<Locale, string>>;

const lockTexts: Readonly<Record<LockReason, Text>> = {
  ACCOUNT_LOCKED: { ZH_CN: '已被管理员锁定', EN: 'locked by the administrator' },
  LOGIN_NOT_ALLOWED: { ZH_CN: '不允许登录', EN: 'login not allowed' },
  CONNECTION_LIMIT_ZERO: { ZH_CN: '连接数上限为 0', EN: 'no connections allowed (limit 0)' },
  DISABLED: { ZH_CN: '已停用', EN: 'disabled' },
  CONNECT_DENIED: {
    ZH_CN: '连接权限被拒绝（DENY CONNECT SQL）',
    EN: 'connecting is denied (DENY CONNECT SQL)',
  },
  LOCKED_OUT: { ZH_CN: '因多次输错密码被锁定', EN: 'locked out after wrong passwords' },
};

/** Why an account cannot log in, in words. */
export function lockReasonTexts(
  facts: {
    readonly reasons: readonly LockReason[];
    /** Set when it is over. */
    readonly expiredAt: string | null;
  },
  locale: Locale,
  timeZone: string,
): readonly string[] {
  const texts = facts.reasons.map((reason) => lockTexts[reason][locale]);
  if (facts.expiredAt === null) return texts;
  const at = formatMoment(facts.expiredAt, timeZone);
  return [...texts, locale === 'ZH_CN' ? `已于 ${at} 过期` : `expired on ${at}`];
}

/** Why a capability holds, in words. */
export function capabilityReasonText(reason: CapabilityReason, locale: Locale): string {
  const { capability, via } = reason;
  const through =
    via.length === 0
      ? ''
      : locale === 'ZH_CN'
        ? `（通过 ${via.join(' → ')}）`
        : ` (through ${via.join(' → ')})`;
  return `${capability}: ${what(reason, locale)}${through}`;
}

function what({ code, subject, place }: CapabilityReason, locale: Locale): string {
  const zh = locale === 'ZH_CN';
  const where = place === null ? (zh ? '整个实例' : 'the whole instance') : place;
  switch (code) {
    case 'ATTRIBUTE':
      return zh ? `具有属性 ${subject}` : `has the attribute ${subject}`;
    case 'RIGHT':
      return zh ? `具有权限 ${subject}` : `has the right ${subject}`;
    case 'PASSES_ON':
      return zh ? `可在 ${where} 转授 ${subject}` : `may pass on ${subject} in ${where}`;
    case 'ADMIN_OF':
      return zh ? `可授予角色 ${subject}` : `may grant the role ${subject}`;
    case 'MEMBER':
      return zh ? `是角色 ${subject} 的成员（${where}）` : `is a member of ${subject} in ${where}`;
    case 'BUILT_IN':
      return zh ? `是内置管理员 ${subject}` : `is the built-in administrator ${subject}`;
  }
}

const ruleTexts: Readonly<Record<MatchRule, Text>> = {
  ACCOUNT_IDENTIFIER: { ZH_CN: '账号标识', EN: 'account identifier' },
  EMAIL_LOCAL_PART: { ZH_CN: '邮箱前缀', EN: 'e-mail local part' },
  EMPLOYEE_NUMBER: { ZH_CN: '工号', EN: 'employee number' },
};

/** The holder an account is matched to and why, or the reason for doubt. */
export type StoredMatchReason =
  | { readonly code: MatchReasonCode; readonly rule: MatchRule; readonly employeeNumbers: readonly string[] }
  | { readonly code: 'BY_HAND'; readonly by: string };

/** A reason of a match in words. */
export function matchReasonText(reason: StoredMatchReason, locale: Locale): string {
  const zh = locale === 'ZH_CN';
  if (reason.code === 'BY_HAND') return zh ? `由 ${reason.by} 手工指定` : `set by hand by ${reason.by}`;
  const rule = ruleTexts[reason.rule][locale];
  const numbers = reason.employeeNumbers.join(zh ? '、' : ', ');
  switch (reason.code) {
    case 'FOUND':
      return zh ? `按${rule}匹配` : `matched by ${rule}`;
    case 'SEVERAL':
      return zh ? `按${rule}匹配到多人：${numbers}` : `several people match by ${rule}: ${numbers}`;
    case 'OTHER_RULE':
      return zh
        ? `按${rule}匹配到 ${reason.employeeNumbers[0] ?? ''}，但其他规则指向别人：${numbers}`
        : `matched by ${rule}, while other rules name somebody else: ${numbers}`;
  }
}
