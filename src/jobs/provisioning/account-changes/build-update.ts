import type { StoredError } from '../../../domain/errors/error-entry.ts';
import { isLandline, parsePhone } from '../../../domain/provisioning/intake/phone.ts';
import type { AccountUpdate, Connector } from '../../../integrations/contract/connector.ts';
import { DEFAULT_COUNTRY } from '../attempts/build-intent.ts';
import type { ChangeRow } from './change-facts.ts';

/** Builds the update for a mover: the person's present values in the changed fields; or says why none is sent. */
export function buildUpdate(
  facts: ChangeRow,
  options: {
    readonly requires: Connector['requires'];
    readonly countryAliases: Readonly<Record<string, string>>;
  },
): { readonly update: AccountUpdate } | { readonly refusal: StoredError } {
  const { employeeNumber, system, fields, departments } = facts;
  const refuse = (code: string, parameters: StoredError['parameters'] = {}) => ({
    refusal: { code, parameters: { employeeNumber, system, ...parameters } },
  });
  const country = departments?.[0]?.country ?? DEFAULT_COUNTRY;
  const phone =
    !fields.includes('phone') || facts.phone === null
      ? null
      : parsePhone(facts.phone, country, options.countryAliases);
  if (phone?.possible === false && options.requires.includes('phone')) return refuse('PHONE_INVALID');
  const mobile = phone !== null && !isLandline(phone);
  if (phone !== null && !mobile && options.requires.includes('mobile')) return refuse('PHONE_NOT_MOBILE');
  if (fields.includes('department') && (facts.idaasDepartmentCode === null || facts.ou === null)) {
    const departmentCodes = departments?.map(({ department_code }) => department_code) ?? [];
    return refuse('DEPARTMENT_UNMAPPED', { departmentCodes });
  }
  const { fullName, emailAddress, idaasDepartmentCode, ou } = facts;
  return {
    update: {
      ...(fields.includes('name') && fullName !== null && { fullName }),
      ...(fields.includes('email') && emailAddress !== null && { emailAddress }),
      ...(fields.includes('department') &&
        idaasDepartmentCode !== null &&
        ou !== null && { department: { idaasDepartmentCode, ou } }),
      ...(phone !== null && {
        phone: { countryCode: phone.countryCode, nationalNumber: phone.nationalNumber, mobile },
      }),
    },
  };
}
