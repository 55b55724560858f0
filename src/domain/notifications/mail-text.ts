import type { Locale } from '../errors/error-entry.ts';
import { formatMoment } from '../text/format-moment.ts';
import type { EventMail } from './event-kind.ts';

/** A mail as people read it. */
export interface MailText {
  readonly subject: string;
  readonly text: string;
}

export interface MailReader {
  readonly locale: Locale;
  readonly timeZone: string;
}

/** An event as far as its mail needs it. */
interface MailedEvent {
  readonly data: Readonly<Record<string, unknown>>;
  readonly mail: EventMail;
}

/**
 * The mail of an event in the reader's language; null for an event without mail. `more` are rendered facts that the
 * event does not carry: `cause`, why tasks failed.
 */
export function mailText(
  event: MailedEvent,
  reader: MailReader,
  more: Readonly<Record<string, string>> = {},
): MailText | null {
  const { template } = event.mail;
  if (template === null) return null;
  const facts = { ...factsOf(event, reader), ...more };
  const fill = (line: string): string => line.replace(/\{(\w+)\}/g, (_, name: string) => facts[name] ?? '–');
  const [subject, ...lines] = reader.locale === 'ZH_CN' ? template.zh : template.en;
  return { subject: `[AccountSync] ${fill(subject)}`, text: `${lines.map(fill).join('\n')}\n` };
}

/** Facts for the templates: texts and numbers as they are; times, lists and states in the reader's form. */
function factsOf(
  { data, mail }: MailedEvent,
  { locale, timeZone }: MailReader,
): Readonly<Record<string, string>> {
  const separator = locale === 'ZH_CN' ? '、' : ', ';
  const facts = Object.entries(data).map(([name, value]): [string, string] => {
    if (Array.isArray(value)) return [name, value.join(separator) || '–'];
    if (typeof value === 'object' && value !== null) return [name, countsText(value, separator)];
    if (typeof value === 'string' && name.endsWith('At')) return [name, formatMoment(value, timeZone)];
    return [name, value === null || value === undefined ? '–' : String(value)];
  });
  return { ...Object.fromEntries(facts), ...mail.facts?.(locale) };
}

function countsText(counts: object, separator: string): string {
  const parts = Object.entries(counts).map(([name, count]) => `${name} ${String(count)}`);
  return parts.join(separator) || '–';
}
