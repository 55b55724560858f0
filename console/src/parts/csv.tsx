import { DownloadOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useRef, useState } from 'react';
import { useSay } from '../frame/preferences.tsx';

/** More than a person reads in a table; the API has the rest. */
const ROWS_MAX = 10_000;

export interface CsvColumn<Row> {
  readonly title: string;
  readonly value: (row: Row) => string | number | null | undefined;
}

interface Part<Row> {
  readonly nodes: readonly Row[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
}

/** Saves what the filter finds, page by page; the same button stops it. */
export function Csv<Row>({
  name,
  columns,
  read,
}: {
  readonly name: string;
  readonly columns: readonly CsvColumn<Row>[];
  readonly read: (after: string | null, signal: AbortSignal) => Promise<Part<Row>>;
}) {
  const say = useSay();
  const { message } = App.useApp();
  const [count, setCount] = useState<number | null>(null);
  const running = useRef<AbortController | null>(null);
  const start = async () => {
    const stop = new AbortController();
    running.current = stop;
    const rows: Row[] = [];
    setCount(0);
    try {
      for (let after: string | null = null; ; ) {
        const part: Part<Row> = await read(after, stop.signal);
        rows.push(...part.nodes);
        setCount(rows.length);
        after = part.pageInfo.endCursor ?? null;
        if (!part.pageInfo.hasNextPage || rows.length >= ROWS_MAX) break;
      }
      saveFile(`${name}.csv`, new Blob([csvOf(columns, rows.slice(0, ROWS_MAX))], { type: 'text/csv' }));
      if (rows.length >= ROWS_MAX)
        void message.warning(say(`只导出前 ${ROWS_MAX} 行`, `Only the first ${ROWS_MAX} rows`));
    } catch (error) {
      if (!stop.signal.aborted) void message.error(error instanceof Error ? error.message : String(error));
    } finally {
      setCount(null);
    }
  };
  return count === null ? (
    <Button icon={<DownloadOutlined />} onClick={() => void start()}>
      CSV
    </Button>
  ) : (
    <Button onClick={() => running.current?.abort()}>
      {say(`停止（${count} 行）`, `Stop (${count} rows)`)}
    </Button>
  );
}

/** As spreadsheets read it: UTF-8 with a mark, CRLF, and no cell that they would take for a formula. */
export function csvOf<Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): string {
  const lines = [
    columns.map(({ title }) => cell(title)),
    ...rows.map((row) => columns.map(({ value }) => cell(value(row)))),
  ];
  return `\uFEFF${lines.map((line) => line.join(',')).join('\r\n')}\r\n`;
}

function cell(value: string | number | null | undefined): string {
  if (typeof value === 'number') return String(value);
  const text = value ?? '';
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Hands a file to the browser, which saves it where files go. */
export function saveFile(name: string, file: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
