import { Badge } from 'antd';
import { usePreferences } from '../frame/preferences.tsx';
import { type WordSet, wordOf } from '../text/words.ts';

/** A state of the API: a mark and its word. */
export function State({
  of,
  value,
}: {
  readonly of: WordSet;
  readonly value: string | boolean | null | undefined;
}) {
  const { language } = usePreferences();
  if (value === null || value === undefined) return <>–</>;
  const { text, tone } = wordOf(of, String(value), language);
  return <Badge status={tone} text={text} className="state" />;
}

/** The word alone. */
export function Word({ of, value }: { readonly of: WordSet; readonly value: string }) {
  const { language } = usePreferences();
  return <>{wordOf(of, value, language).text}</>;
}
