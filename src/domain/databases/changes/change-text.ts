import type { Locale } from '../../errors/error-entry.ts';
import type { AccountChangeKind } from '../engines.ts';
import type { Permission } from '../permissions/permission.ts';
import type { AttributeChanges } from '../permissions/snapshot.ts';

/** An entry of the change log, as it is announced. */
export interface ToldChange {
  readonly account: string;
  readonly kind: AccountChangeKind;
  readonly added: readonly Permission[];
  readonly removed: readonly Permission[];
  readonly other: AttributeChanges;
}

/** Rights named one by one; more are counted. */
const NAMED_MAX = 5;

/** A change in one sentence. */
export function changeText(change: ToldChange, locale: Locale): string {
  const zh = locale === 'ZH_CN';
  const { account, kind, added, removed, other } = change;
  const join = zh ? '；' : '; ';
  switch (kind) {
    case 'ADD':
      return zh ? `新账号 ${account}，权限 ${added.length} 项` : `${account} is new, with ${counted(added)}`;
    case 'DELETE':
      return zh
        ? `账号 ${account} 已消失，原有权限 ${removed.length} 项`
        : `${account} has disappeared; it had ${counted(removed)}`;
    case 'REACTIVATE':
      return zh
        ? `账号 ${account} 重新出现，权限 ${added.length} 项`
        : `${account} is back, with ${counted(added)}`;
    case 'RENAME': {
      const name = other['name'];
      return zh
        ? `账号 ${String(name?.before)} 更名为 ${String(name?.after)}`
        : `${String(name?.before)} was renamed to ${String(name?.after)}`;
    }
    case 'MODIFY_PRIVILEGE':
    case 'MODIFY_OTHER': {
      const parts = [
        ...(added.length > 0 ? [`${zh ? '新增 ' : 'granted '}${rightsText(added, zh)}`] : []),
        ...(removed.length > 0 ? [`${zh ? '收回 ' : 'revoked '}${rightsText(removed, zh)}`] : []),
        ...Object.entries(other).map(
          ([name, { before, after }]) => `${name}: ${valueText(before)} → ${valueText(after)}`,
        ),
      ];
      return `${account}${zh ? '：' : ': '}${parts.join(join)}`;
    }
  }
}

function counted({ length }: readonly Permission[]): string {
  return length === 1 ? '1 right' : `${length} rights`;
}

function rightsText(rows: readonly Permission[], zh: boolean): string {
  const named = rows
    .slice(0, NAMED_MAX)
    .map(rightText)
    .join(zh ? '、' : ', ');
  const more = rows.length - NAMED_MAX;
  if (more <= 0) return named;
  return zh ? `${named} 等 ${rows.length} 项` : `${named} and ${more} more`;
}

/** One right as `SELECT shop/public.orders`. */
export function rightText({ privilege, scope, object, state, grantable, category }: Permission): string {
  const place = object === null ? scope : scope === '*' ? object : `${scope}/${object}`;
  return `${state === 'DENY' ? 'DENY ' : ''}${category === 'ROLE' ? `${privilege} OF` : privilege} ${place}${grantable ? ' +' : ''}`;
}

function valueText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}
