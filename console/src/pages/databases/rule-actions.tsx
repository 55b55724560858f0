import { Space } from 'antd';
import { call } from '../../api/call.ts';
import {
  type ClassificationConditionInput,
  type ClassificationRulesQuery,
  DeleteClassificationRuleDocument,
  UpsertClassificationRuleDocument,
} from '../../api/generated/graphql.ts';
import { useSay } from '../../frame/preferences.tsx';
import { useMay } from '../../frame/viewer.tsx';
import { Action } from '../../parts/action.tsx';
import type { Values } from '../../parts/fields.tsx';
import { engines, listOf, optionsOf } from './register.tsx';

type Rule = ClassificationRulesQuery['databaseClassificationRules'][number];

const ONCE = { repeatable: false } as const;
const EXAMPLE = { all: [{ capability: 'SUPERUSER' }, { not: { system: true } }] };

/** Adds a rule. */
export function NewRule() {
  const may = useMay();
  const say = useSay();
  if (!may('operate')) return null;
  const initial = { enabled: 'true', when: JSON.stringify(EXAMPLE, null, 2) };
  return <Upsert label={say('新增规则', 'New rule')} initial={initial} code={null} />;
}

/** Changes or deletes a rule. */
export function OneRule({ rule }: { readonly rule: Rule }) {
  const may = useMay();
  const say = useSay();
  if (!may('operate')) return null;
  const { code, nameZh, nameEn, enabled, when } = rule;
  const initial = {
    nameZh,
    nameEn,
    engines: rule.engines.length === engines.length ? '' : rule.engines.join(','),
    enabled: String(enabled),
    when: JSON.stringify(when, null, 2),
  };
  return (
    <Space>
      <Upsert label={say('修改', 'Edit')} initial={initial} code={code} />
      <Action
        label={say('删除', 'Delete')}
        size="small"
        danger
        description={say(
          `删除规则 ${code}；手工指定的分类保留。`,
          `Deletes the rule ${code}; what was said by hand stays.`,
        )}
        run={async () =>
          (await call(DeleteClassificationRuleDocument, { code }, ONCE)).deleteClassificationRule
        }
        errorsOf={({ userErrors }) => userErrors}
        done={({ matches }) => say(`${matches} 个账号不再属于该分类`, `${matches} accounts left the class`)}
      />
    </Space>
  );
}

function Upsert({
  label,
  initial,
  code,
}: {
  readonly label: string;
  readonly initial: Values;
  /** Null: of a new rule. */
  readonly code: string | null;
}) {
  const say = useSay();
  const store = async (values: Values, mode: 'DRY_RUN' | 'RUN') => {
    const when = readCondition(values['when'] ?? '');
    if (when === null) {
      const message = say('条件不是有效的 JSON 对象。', 'The condition is not a JSON object.');
      return { matches: 0, userErrors: [{ code: 'INVALID', message, path: ['when'] }] };
    }
    const input = {
      code: code ?? values['code'] ?? '',
      nameZh: values['nameZh'] ?? '',
      nameEn: values['nameEn'] ?? '',
      engines: engines.filter((engine) => listOf(values['engines']).includes(engine)),
      enabled: values['enabled'] === 'true',
      when,
      mode,
    };
    return (await call(UpsertClassificationRuleDocument, { input }, ONCE)).upsertClassificationRule;
  };
  return (
    <Action
      label={label}
      size={code === null ? 'middle' : 'small'}
      title={code === null ? label : `${label} ${code}`}
      fields={[
        ...(code === null ? [{ name: 'code', label: say('代码', 'Code'), required: true }] : []),
        { name: 'nameZh', label: say('中文名称', 'Name in Chinese'), required: true },
        { name: 'nameEn', label: say('英文名称', 'Name in English'), required: true },
        {
          name: 'engines',
          label: say('引擎', 'Engines'),
          kind: 'several',
          options: optionsOf(engines),
          hint: say('留空：全部', 'Left empty: all'),
        },
        { name: 'enabled', label: say('启用', 'Enabled'), kind: 'switch' },
        {
          name: 'when',
          label: say('条件（JSON）', 'Condition (JSON)'),
          kind: 'area',
          required: true,
          hint: say(
            'all、any、not、capability、privilege、role、nameLike、locked、system、engine、attribute',
            'all, any, not, capability, privilege, role, nameLike, locked, system, engine, attribute',
          ),
        },
      ]}
      initial={initial}
      preview={async (values) => {
        const { matches, userErrors } = await store(values, 'DRY_RUN');
        return {
          shown: userErrors.length === 0 && say(`${matches} 个账号符合。`, `${matches} accounts fit.`),
          button: say('保存', 'Save'),
          count: matches,
          errors: userErrors,
        };
      }}
      run={(values) => store(values, 'RUN')}
      errorsOf={({ userErrors }) => userErrors}
      done={({ matches }) => say(`已保存，${matches} 个账号符合`, `Saved; ${matches} accounts fit`)}
    />
  );
}

function readCondition(text: string): ClassificationConditionInput | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** Its members are the API's to check: it says which one is wrong. */
function isObject(value: unknown): value is ClassificationConditionInput {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
