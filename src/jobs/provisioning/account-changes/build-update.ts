import type { StoredError } from '../../../domain/errors/error-entry.ts';
import { isLandline, parsePhone } from '../../../domain/provisioning/intake/phone.ts';
import { type NameRules, readName } from '../../../domain/provisioning/names/read-name.ts';
import type { AccountUpdate, Connector } from '../../../integrations/contract/connector.ts';
import { DEFAULT_COUNTRY } from '../attempts/build-intent.ts';
import type { ChangeRow } from './change-facts.ts';

/** Builds the update for a mover: the person's present values in the changed fields; or says why none is sent. */
export function buildUpdate(
  facts: ChangeRow,
  options: {
    readonly requires: Connector['requires'];
    readonly countryAliases: Readonly<Record<string, string>>;
    readonly nameRules: NameRules;
  },
): { readonly update: AccountUpdate } | { readonly refusal: StoredError } {
  const { employeeNumber, system, fields, departments } = facts;
  const refuse = (code: string, parameters: StoredError['parameters'] = {}) => ({
    refusal: { code, parameters: { employeeNumber, system, ...parameters } },
  });
  const read =
    fields.includes('name') && facts.fullName !== null
      ? readName(facts.fullName, { ...options.nameRules, accepted: facts.nameAccepted })
      : null;
  if (read !== null && read.doubt !== null && options.nameRules.doubtfulNames !== 'accept')
    return refuse('NAME_DOUBTFUL', { doubt: read.doubt });
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
  const { emailAddress, idaasDepartmentCode, ou } = facts;
  return {
    update: {
      ...(read !== null && { fullName: read.name }),
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
