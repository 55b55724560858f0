import type { StoredError } from '../../../domain/errors/error-entry.ts';
import { isEmployeeNumber } from '../../../domain/provisioning/intake/field-rules.ts';
import { isLandline, parsePhone } from '../../../domain/provisioning/intake/phone.ts';
import { englishNameFor, USERNAME_MAX_LENGTH } from '../../../domain/provisioning/names/naming.ts';
import { type NameRules, readName } from '../../../domain/provisioning/names/read-name.ts';
import { transliterate } from '../../../domain/provisioning/names/transliterate.ts';
import type { AccountIntent, Connector } from '../../../integrations/contract/connector.ts';
import type { TaskFacts } from './task-facts.ts';

/** The intent for a system, or the reason why it is not called. */
export type IntentOrRefusal =
  | { readonly intent: AccountIntent; readonly notes: Readonly<Record<string, unknown>> }
  | { readonly refusal: StoredError };

/** Country of people whose row names none: the numbers HR writes without a prefix are Chinese ones. */
export const DEFAULT_COUNTRY = 'CN';

/**
 * Builds the intent for one account (provisioning.md §5.2, §5.3). An intent that the system is certain to refuse is
 * refused here, before a call.
 */
export function buildIntent(
  task: TaskFacts,
  options: {
    readonly requires: Connector['requires'];
    readonly countryAliases: Readonly<Record<string, string>>;
    readonly nameRules: NameRules;
  },
): IntentOrRefusal {
  const { requires, nameRules } = options;
  const who = { employeeNumber: task.employee_number, system: task.system };
  const refuse = (code: string, parameters: StoredError['parameters'] = {}): IntentOrRefusal => ({
    refusal: { code, parameters: { ...who, ...parameters } },
  });
  if (!isEmployeeNumber(task.employee_number)) return refuse('EMPLOYEE_NUMBER_INVALID');
  const { name, doubt, leftOff } = readName(task.full_name, { ...nameRules, accepted: task.name_accepted });
  if (doubt !== null && nameRules.doubtfulNames !== 'accept') return refuse('NAME_DOUBTFUL', { doubt });
  if (!task.type_known) return refuse('PERSON_TYPE_UNMAPPED', { personType: task.person_type });
  if (task.idaas_department_code === null || task.ou === null) {
    const departmentCodes = task.departments.map((department) => department.department_code);
    return refuse('DEPARTMENT_UNMAPPED', { departmentCodes });
  }
  if (requires.includes('ou') && task.ou.trim() === '') {
    return refuse('DEPARTMENT_OU_MISSING', { departmentCode: task.idaas_department_code });
  }
  // Without a domain no names were chosen. Only beside an address does a missing login mean that none fits.
  if (task.email_address === null) return refuse('EMAIL_DOMAIN_MISSING', { personType: task.person_type });
  if (requires.includes('username') && task.username === null) {
    return refuse('LOGIN_TOO_LONG', { limit: USERNAME_MAX_LENGTH });
  }

  const transliteration = transliterate(name, task.person_pinyin_name, nameRules.umlaut);
  const country = task.departments[0]?.country ?? DEFAULT_COUNTRY;
  const phone =
    task.telephone_number === null
      ? null
      : parsePhone(task.telephone_number, country, options.countryAliases);
  if (requires.includes('phone') && phone?.possible === false) return refuse('PHONE_INVALID');
  return {
    intent: {
      employeeNumber: task.employee_number,
      fullName: name,
      englishName: englishNameFor({
        hrEnglishName: task.english_name,
        transliteration,
        employeeNumber: task.employee_number,
      }),
      username: task.username,
      emailAddress: task.email_address,
      phone:
        phone === null
          ? null
          : {
              countryCode: phone.countryCode,
              nationalNumber: phone.nationalNumber,
              mobile: !isLandline(phone),
            },
      department: { idaasDepartmentCode: task.idaas_department_code, ou: task.ou },
      personType:
        task.idaas_user_type === null || task.welink_person_type === null
          ? null
          : { idaasUserType: task.idaas_user_type, welinkPersonType: task.welink_person_type },
    },
    notes: {
      ...(transliteration.kind === 'fallback' && { nameFallback: { ...transliteration } }),
      ...(leftOff.length > 0 && { nameNotesLeftOff: leftOff }),
    },
  };
}
