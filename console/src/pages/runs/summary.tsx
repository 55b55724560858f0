import { usePreferences, useSay } from '../../frame/preferences.tsx';
import { Facts, Json } from '../../parts/facts.tsx';
import { PlainTable } from '../../parts/table.tsx';
import { countName } from '../../text/counts.ts';
import type { Language } from '../../text/language.ts';

/** The counts of a run in one line, those of nothing left out; what has parts is shown with the run itself. */
export function SummaryLine({
  of,
  error,
}: {
  readonly of: unknown;
  readonly error?: string | null | undefined;
}) {
  const say = useSay();
  const { language } = usePreferences();
  const facts = entriesOf(of).filter(([, value]) => isFlat(value) && value !== 0 && value !== false);
  return (
    <span className="cut">
      {error && <span>{error} </span>}
      {facts.map(([name, value]) => `${countName(name, language)} ${textOf(value, language)}`).join(' · ') ||
        (error || entriesOf(of).length > 0 ? '' : '–')}
      {!error && facts.length === 0 && entriesOf(of).length > 0 && say('没有变化', 'nothing')}
    </span>
  );
}

/** The whole summary of a run: its counts by name, and a table of those that are counted by parts. */
export function Summary({ of }: { readonly of: unknown }) {
  const { language } = usePreferences();
  const entries = entriesOf(of);
  const flat = entries.filter(([, value]) => isFlat(value) || isWords(value));
  const tables = entries.filter(([, value]) => isTable(value));
  const rest = entries.filter((entry) => !flat.includes(entry) && !tables.includes(entry));
  return (
    <>
      {entries.length === 0 && '–'}
      <Facts of={flat.map(([name, value]) => [countName(name, language), textOf(value, language)])} />
      {tables.map(([name, value]) => (
        <CountTable key={name} name={countName(name, language)} of={value} />
      ))}
      {rest.map(([name, value]) => (
        <CountTable key={name} name={countName(name, language)} of={{ '': value }} />
      ))}
    </>
  );
}

/** Counts by part: a row for each part, a column for each count. */
function CountTable({ name, of }: { readonly name: string; readonly of: unknown }) {
  const { language } = usePreferences();
  const rows = entriesOf(of);
  const counted = [...new Set(rows.flatMap(([, counts]) => entriesOf(counts).map(([count]) => count)))];
  return (
    <PlainTable
      label={name}
      rows={rows}
      rowKey={([part]) => part}
      whenEmpty="–"
      columns={[
        { key: 'part', title: name, render: ([part]) => countName(part, language) },
        ...counted.map((count) => ({
          key: count,
          title: countName(count, language),
          isNumber: true,
          render: ([, counts]: Entry) => <Part value={Object(counts)[count]} language={language} />,
        })),
      ]}
    />
  );
}

function Part({ value, language }: { readonly value: unknown; readonly language: Language }) {
  if (value === undefined) return '–';
  return isFlat(value) || isWords(value) ? textOf(value, language) : <Json value={value} />;
}

type Entry = readonly [string, unknown];

function entriesOf(value: unknown): readonly Entry[] {
  return Object.entries(Object(value)).filter(([, each]) => each !== null);
}

function isFlat(value: unknown): boolean {
  return typeof value !== 'object';
}

function isWords(value: unknown): boolean {
  return Array.isArray(value) && value.every(isFlat);
}

/** Parts that each have counts. */
function isTable(value: unknown): boolean {
  const parts = entriesOf(value);
  return (
    parts.length > 0 && parts.every(([, counts]) => typeof counts === 'object' && !Array.isArray(counts))
  );
}

function textOf(value: unknown, language: Language): string {
  if (typeof value === 'boolean')
    return { ZH_CN: ['否', '是'], EN: ['no', 'yes'] }[language][Number(value)] ?? '';
  return Array.isArray(value)
    ? value.map((each) => countName(String(each), language)).join(language === 'EN' ? ', ' : '、') || '–'
    : String(value);
}
