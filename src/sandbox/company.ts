import { seededRandom } from './playing/random.ts';

/** A person in the HR system's own field names, with any value that a test set. */
export type HrRecord = Readonly<Record<string, unknown>>;

/** Which people HR answers with: all, 70 % of them, or none, as a broken source would. */
export const companyAnswers = ['all', 'fewer', 'nobody'] as const;
export type CompanyAnswer = (typeof companyAnswers)[number];

/** The company whose people the HR system knows. */
export interface Company {
  /** People by personId; `since` (Asia/Shanghai wall time, inclusive) leaves out who did not change since. */
  list(since: string | null): readonly HrRecord[];
  /** Changes a few people. Called when a client begins to read. */
  live(): void;
  put(personId: string, fields: HrRecord): void;
  remove(personId: string): void;
  all(): readonly HrRecord[];
  answer(answer: CompanyAnswer): void;
  reset(): void;
}

const SURNAMES = [
  ['王', 'wang'],
  ['李', 'li'],
  ['张', 'zhang'],
  ['刘', 'liu'],
  ['陈', 'chen'],
  ['杨', 'yang'],
  ['赵', 'zhao'],
  ['黄', 'huang'],
  ['周', 'zhou'],
  ['吴', 'wu'],
  ['欧阳', 'ouyang'],
] as const;
const GIVEN_NAMES = [
  ['伟', 'wei'],
  ['芳', 'fang'],
  ['秀英', 'xiuying'],
  ['敏', 'min'],
  ['静', 'jing'],
  ['强', 'qiang'],
  ['磊', 'lei'],
  ['洋', 'yang'],
  ['艳', 'yan'],
  ['建国', 'jianguo'],
  ['思远', 'siyuan'],
  ['雨桐', 'yutong'],
  ['子涵', 'zihan'],
] as const;
const PERSON_TYPES = ['10', '10', '10', '11', '11', '12', '13'] as const;
const DEPARTMENTS = 12;
const WITH_ACCOUNT_SHARE = 0.4;
const LEFT_SHARE = 0.05;
const FEWER_SHARE = 0.7;
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;
const CREATED = '2024-01-01 08:00:00';

/** Makes the company up: the same seed gives the same people and the same changes. Made when first asked for. */
export function createCompany(options: {
  readonly seed: number;
  readonly people: number;
  readonly changesPerSync: number;
  readonly emailDomain: string;
}): Company {
  let people: Map<string, HrRecord> | null = null;
  let inOrder: readonly HrRecord[] | null = null;
  let random = seededRandom(options.seed);
  let told: CompanyAnswer = 'all';

  function everybody(): Map<string, HrRecord> {
    people ??= new Map(
      Array.from({ length: options.people }, (_, index) =>
        personOf(index + 1, random, options.emailDomain),
      ).map((person) => [String(person['personId']), person]),
    );
    return people;
  }

  /** People in order of personId; cached until one changes, because every page asks for it. */
  function ordered(): readonly HrRecord[] {
    inOrder ??= [...everybody()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, person]) => person);
    return inOrder;
  }

  function set(personId: string, person: HrRecord): void {
    everybody().set(personId, person);
    inOrder = null;
  }

  return {
    list(since) {
      if (told === 'nobody') return [];
      const all = ordered();
      const heard = told === 'fewer' ? all.slice(0, Math.floor(all.length * FEWER_SHARE) - 1) : all;
      return since === null
        ? heard
        : heard.filter((person) => String(person['lastUpdateDate'] ?? CREATED) >= since);
    },
    live() {
      const all = ordered();
      for (let count = 0; count < options.changesPerSync && all.length > 0; count += 1) {
        const person = pick(all, random);
        set(String(person['personId']), {
          ...person,
          telephoneNumber1: phoneOf(random),
          lastUpdateDate: shanghaiTime(),
        });
      }
    },
    put(personId, fields) {
      const known = everybody().get(personId) ?? personOf(Number(personId), random, options.emailDomain);
      const { personId: _, ...rest } = known;
      set(personId, { personId, ...rest, lastUpdateDate: shanghaiTime(), ...fields });
    },
    remove(personId) {
      everybody().delete(personId);
      inOrder = null;
    },
    all: ordered,
    answer(answer) {
      told = answer;
    },
    reset() {
      people = null;
      inOrder = null;
      random = seededRandom(options.seed);
      told = 'all';
    },
  };
}

function personOf(number: number, random: () => number, emailDomain: string): HrRecord {
  const [surname, surnamePinyin] = pick(SURNAMES, random);
  const [given, givenPinyin] = pick(GIVEN_NAMES, random);
  const employeeNumber = `E${String(number).padStart(6, '0')}`;
  const pinyin = `${surnamePinyin}${givenPinyin}`;
  const hasAccounts = random() < WITH_ACCOUNT_SHARE;
  return {
    personId: String(number).padStart(8, '0'),
    employeeNumber,
    fullName: `${surname}${given}`,
    englishName: `${givenPinyin} ${surnamePinyin}`,
    sex: random() < 0.5 ? '1' : '2',
    birthDay: `19${70 + Math.floor(random() * 30)}-0${1 + Math.floor(random() * 9)}-1${Math.floor(random() * 10)}`,
    nationalityCode: 'CN',
    personType: pick(PERSON_TYPES, random),
    employeeStatus: random() < LEFT_SHARE ? '0' : '1',
    employeeAccount: hasAccounts ? `${pinyin[0]}${employeeNumber}` : null,
    userId: `U${number}`,
    employeeDescription: null,
    emailAddress: hasAccounts ? `${pinyin}.${number}@${emailDomain}` : '',
    telephoneNumber1: phoneOf(random),
    telephoneNumber2: null,
    telephoneNumber3: null,
    personPinyinName: pinyin,
    originalHireDate: '2024-01-02',
    creationDate: CREATED,
    lastUpdateDate: CREATED,
    effectiveDate: '2024-01-02',
    disableDate: null,
    personDept: [
      {
        department_code: `D${String(1 + Math.floor(random() * DEPARTMENTS)).padStart(3, '0')}`,
        partner_company: null,
        country: '中国',
      },
    ],
    tenantId: 'sandbox-tenant',
  };
}

function pick<T>(list: readonly T[], random: () => number): T {
  const chosen = list[Math.floor(random() * list.length)];
  if (chosen === undefined) throw new Error('nothing to pick from');
  return chosen;
}

function phoneOf(random: () => number): string {
  return `137${String(Math.floor(random() * 1e8)).padStart(8, '0')}`;
}

/** Now, as a clock on a wall in Shanghai shows it. */
function shanghaiTime(): string {
  return new Date(Date.now() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');
}
