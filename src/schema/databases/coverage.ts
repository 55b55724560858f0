import type { CategoryCoverage as CoverageShape } from '../../domain/databases/permissions/catalog.ts';
import type { Locale } from '../../domain/errors/error-entry.ts';
import { localeArgument } from '../building/arguments.ts';
import { builder } from '../building/builder.ts';
import { storedErrorType } from '../building/stored-error.ts';
import { CategoryStatusEnum, PermissionCategoryEnum } from './enums.ts';
import type { DatabaseErrorShape } from './rows.ts';

export const CategoryCoverage = builder.objectRef<CoverageShape>('CategoryCoverage').implement({
  description: 'Whether a category of rights could be read.',
  fields: (t) => ({
    category: t.field({
      type: PermissionCategoryEnum,
      description: 'Which.',
      resolve: (entry) => entry.category,
    }),
    scope: t.exposeString('scope', { nullable: true, description: 'The database; null: all.' }),
    status: t.field({
      type: CategoryStatusEnum,
      description: 'How it went.',
      resolve: (entry) => entry.status,
    }),
    message: t.string({
      nullable: true,
      description: 'What is missing, in words; null when nothing is.',
      args: localeArgument,
      resolve: (entry, { locale }, scope) => coverageText(entry, locale ?? scope.locale),
    }),
    grant: t.exposeString('grant', {
      nullable: true,
      description: 'The statement that would help, to be run there by an administrator.',
    }),
  }),
});

/** Describes the missing part of a category. */
export function coverageText(
  { category, scope, status, grant, detail }: CoverageShape,
  locale: Locale,
): string | null {
  const zh = locale === 'ZH_CN';
  const place = scope === null ? '' : zh ? `（数据库 ${scope}）` : ` in ${scope}`;
  switch (status) {
    case 'OK':
      return null;
    case 'DENIED':
      return zh
        ? `无权读取 ${category}${place}${grant === null ? '' : `，请执行：${grant}`}`
        : `${category}${place} may not be read${grant === null ? '' : `; this would help: ${grant}`}`;
    case 'ERROR':
      return zh
        ? `读取 ${category}${place} 失败：${detail ?? ''}`
        : `Reading ${category}${place} failed: ${detail ?? ''}`;
    case 'UNSUPPORTED':
      return zh ? `此版本没有 ${category}` : `This version has no ${category}`;
  }
}

export const DatabaseErrorType = storedErrorType<DatabaseErrorShape>(
  'DatabaseError',
  'Why a server could not be read.',
);
builder.objectFields(DatabaseErrorType, (t) => ({
  sqlState: t.exposeString('sqlState', {
    nullable: true,
    description: 'SQLSTATE, where the engine has one.',
  }),
  vendorCode: t.exposeString('vendorCode', {
    nullable: true,
    description: "The driver's number or name, as text.",
  }),
  phase: t.exposeString('phase', {
    nullable: true,
    description: 'Where it happened: connect, inventory, collection or write.',
  }),
}));
