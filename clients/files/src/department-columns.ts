import type { Column } from './column.ts';
import type { Row } from './read-rows.ts';

/** Columns of a file of department mappings. */
export const departmentColumns: readonly Column[] = [
  {
    field: 'idataDepartmentCode',
    aliases: [
      'HR部门代码',
      'HR部门编码',
      'iData部门代码',
      'iData部门编码',
      '部门代码',
      '部门编码',
      '部门编号',
    ],
    looseAliases: ['部门'],
    required: true,
    isCode: true,
  },
  {
    field: 'idaasDepartmentCode',
    aliases: ['IDaaS部门代码', 'IDaaS部门编码', 'IDaaS部门编号', '目录部门代码', '目录部门编码'],
    required: true,
    isCode: true,
  },
  { field: 'ou', aliases: ['组织单元', '组织单位'], required: false, isCode: false },
];

/** The mapping of a line. */
export function departmentMappingOf({ values }: Row) {
  return {
    idataDepartmentCode: values.get('idataDepartmentCode') ?? '',
    idaasDepartmentCode: values.get('idaasDepartmentCode') ?? '',
    ou: values.get('ou') ?? '',
  };
}
