import type { DepartmentMappingInput } from '../../../clients/typescript/src/accountsync-client.ts';
import type { Column, Row } from './read-rows.ts';

/** Columns of a file of department mappings. */
export const departmentColumns: readonly Column[] = [
  {
    field: 'idataDepartmentCode',
    aliases: ['HR部门代码', 'iData部门代码', '部门代码'],
    required: true,
    isCode: true,
  },
  { field: 'idaasDepartmentCode', aliases: ['IDaaS部门代码', '目录部门代码'], required: true, isCode: true },
  { field: 'ou', aliases: ['组织单元'], required: false, isCode: false },
];

/** The mapping of a line. */
export function departmentMappingOf({ values }: Row): DepartmentMappingInput {
  return {
    idataDepartmentCode: values.get('idataDepartmentCode') ?? '',
    idaasDepartmentCode: values.get('idaasDepartmentCode') ?? '',
    ou: values.get('ou') ?? '',
  };
}
