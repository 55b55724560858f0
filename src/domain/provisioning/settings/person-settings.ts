import { z } from 'zod';
import { countryCode, distinct } from '../../settings/own-rules.ts';
import { setting } from '../../settings/setting-definition.ts';
import { umlauts } from '../names/transliterate.ts';

const text = z.string().min(1).max(200);

/** Local parts that no person may get (RFC 2142, and names that attackers like to own). */
const RESERVED_LOCAL_PARTS = [
  'abuse',
  'admin',
  'administrator',
  'all',
  'everyone',
  'ftp',
  'help',
  'hostmaster',
  'hr',
  'info',
  'it',
  'mail',
  'mailer-daemon',
  'marketing',
  'nobody',
  'noc',
  'no-reply',
  'noreply',
  'postmaster',
  'root',
  'sales',
  'security',
  'service',
  'support',
  'system',
  'test',
  'webmaster',
  'www',
]; // prettier-ignore

/** Settings of how people are read, told apart and named (provisioning.md §3-5). */
export const personSettings = {
  person_name_check: setting(
    z.enum(['strict', 'warn']),
    'strict',
    '同工号姓名不符时：strict 拒绝，warn 只记录',
    'A request whose name differs from the known person: strict refuses, warn lets it pass',
  ),
  doubtful_names: setting(
    z.enum(['refuse', 'hold', 'accept']),
    'hold',
    '不像姓名的姓名（丢字、实体、占位词、括号备注等，NAME_DOUBTFUL）：refuse 拒收该行，hold 收下但不开户，直到有人确认（acceptNames）或更正，accept 照常开户',
    'Names that hardly are any (lost characters, entities, placeholders, notes in brackets; NAME_DOUBTFUL): refuse turns the row away, hold makes no account until somebody accepts (acceptNames) or corrects the name, accept makes it',
  ),
  name_notes_left_off: setting(
    distinct(z.array(z.string().min(1).max(50)).max(200)),
    [],
    '姓名中可去掉的备注，如 外包、实习、WB：王伟（外包）、WB_李娜 以王伟、李娜开户；试运行（NAME_NOTE_LEFT_OFF）和每个任务的结果都会写明去掉了什么；其余备注仍按 doubtful_names 处理',
    'Notes in brackets, before or behind a name that its accounts leave off, such as ["WB", "intern"]; the dry run (NAME_NOTE_LEFT_OFF) and the result of every task say what was left off; any other note remains with doubtful_names',
  ),
  pinyin_umlaut: setting(
    z.enum(umlauts),
    'v',
    '人事系统没有给出拼音时，ü 的写法：v（lv、nv）或 yu（lyu、nyu，与护照一致）；只影响此后选定的登录名和邮箱',
    'How the u with two dots of pinyin is written where HR spells no name: v (lv, nv) or yu (lyu, nyu, as in passports); for logins and addresses that are chosen from now on',
  ),
  default_person_type: setting(
    z.string().max(50),
    '11',
    '无法识别的账号类型按此人员类型处理；空串则失败',
    'Person type for account types nobody mapped; empty: such items fail',
  ),
  country_aliases: setting(
    z.record(z.string().max(50), countryCode),
    {},
    '国家名称到两位代码的补充映射，用于解析电话',
    'More names of countries and their two-letter codes, for parsing phone numbers',
  ),
  reserved_local_parts: setting(
    distinct(z.array(text).max(1_000)),
    RESERVED_LOCAL_PARTS,
    '不分配给个人的邮箱前缀',
    'Local parts that are given to nobody',
  ),
} as const;
