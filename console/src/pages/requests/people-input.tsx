import { Alert, Button, Space } from 'antd';
import { useState } from 'react';
import type { Column } from '../../../../clients/files/src/column.ts';
import { accountColumns } from '../../../../clients/files/src/people-columns.ts';
import { oneValueOf } from '../../../../clients/files/src/people-of.ts';
import type { FileOptions, FileRows } from '../../../../clients/files/src/read-file.ts';
import type { Row, Rows } from '../../../../clients/files/src/read-rows.ts';
import { type FileChoice, UnreadableFile } from '../../../../clients/files/src/unreadable-file.ts';
import { type Say, useSay } from '../../frame/preferences.tsx';
import { FieldInput, type Values } from '../../parts/fields.tsx';

/** People of the request: their lines, and the choices made about the file. */
export interface People {
  readonly rows: Rows | FileRows | null;
  readonly failure: UnreadableFile | null;
  /** Values of the file for the request as a whole. */
  readonly said: Values;
}

export const nobody: People = { rows: null, failure: null, said: {} };

/** A pasted text, or a chosen file. */
type Source = { readonly text: string } | { readonly file: File };

/** A table of people, pasted or from a file; what is doubtful is asked, as on the command line. */
export function PeopleInput({
  people,
  onRead,
}: {
  readonly people: People;
  readonly onRead: (people: People) => void;
}) {
  const say = useSay();
  const [source, setSource] = useState<Source>({ text: '' });
  const [options, setOptions] = useState<FileOptions>({});
  const read = async (from: Source, how: FileOptions) => {
    setSource(from);
    setOptions(how);
    onRead(await readPeople(from, how, say));
  };
  return (
    <>
      <FieldInput
        field={{
          name: 'people',
          kind: 'area',
          label: say('粘贴表格，或选择 CSV、.xlsx 文件', 'Paste a table, or choose a file of CSV or .xlsx'),
          hint: say(
            '列：工号、姓名、部门编码、手机号、合作公司、国家',
            'Columns: number, name, department, phone, company, country',
          ),
        }}
        value={'text' in source ? source.text : ''}
        onChange={(text) => void read({ text }, {})}
      />
      <input
        type="file"
        accept=".csv,.tsv,.txt,.xlsx,text/csv,text/plain"
        aria-label={say('CSV 或 .xlsx 文件', 'File of CSV or .xlsx')}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file !== undefined) void read({ file }, {});
        }}
      />
      <div className="stack" aria-live="polite">
        {people.failure !== null && (
          <Failure failure={people.failure} choose={(how) => void read(source, added(options, how))} />
        )}
        {people.rows !== null && <Said rows={people.rows} />}
      </div>
    </>
  );
}

async function readPeople(source: Source, options: FileOptions, say: Say): Promise<People> {
  try {
    if ('text' in source) {
      if (source.text.trim() === '') return nobody;
      const { readPasted } = await import('../../../../clients/files/src/read-pasted.ts');
      const rows = readPasted(source.text, accountColumns, say, options);
      return { rows, failure: null, said: saidIn(rows.rows, say) };
    }
    const { readFile } = await import('../../../../clients/files/src/read-file.ts');
    const bytes = new Uint8Array(await source.file.arrayBuffer());
    const rows = await readFile(bytes, accountColumns, say, options);
    return { rows, failure: null, said: saidIn(rows.rows, say) };
  } catch (error) {
    if (error instanceof UnreadableFile) return { ...nobody, failure: error };
    throw error;
  }
}

/** Later choices add to earlier ones, column by column too. */
function added(before: FileOptions, how: FileOptions): FileOptions {
  const chosen = new Map([...(before.chosen ?? []), ...(how.chosen ?? [])]);
  return { ...before, ...how, chosen };
}

/** Fields that the file may say for the request as a whole. */
const fileFields = ['originSystem', 'businessKey', 'accountType', 'employeeType'] as const;

/** Values for the request as a whole, where all lines of the file agree. */
function saidIn(rows: readonly Row[], say: Say): Values {
  return Object.fromEntries(
    fileFields.flatMap((field) => {
      const value = oneValueOf(field, rows, say);
      return value === null ? [] : [[field, value]];
    }),
  );
}

/** Why nothing was read, and a button for each thing that the user may say. */
function Failure({
  failure,
  choose,
}: {
  readonly failure: UnreadableFile;
  readonly choose: (how: FileOptions) => void;
}) {
  const say = useSay();
  const { choice } = failure;
  return (
    <Alert
      type="error"
      showIcon
      title={failure.message}
      description={
        choice !== null && (
          <Space wrap>
            {waysOf(choice, say).map(({ label, how }) => (
              <Button key={label} onClick={() => choose(how)}>
                {label}
              </Button>
            ))}
          </Space>
        )
      }
    />
  );
}

function waysOf(
  choice: FileChoice,
  say: Say,
): readonly { readonly label: string; readonly how: FileOptions }[] {
  switch (choice.by) {
    case 'encoding':
      return choice.readings.map(({ encoding, sample }) => ({
        label: `${encoding}：${sample.join('  ')}`,
        how: { encoding },
      }));
    case 'sheet':
      return choice.sheets.map((sheet) => ({ label: sheet, how: { sheet } }));
    case 'column':
      return choice.heads.map((head) => ({
        label: say(`${shown(choice.field)} 是“${head}”`, `${shown(choice.field)} is ${head}`),
        how: { chosen: new Map([[choice.field, head]]) },
      }));
  }
}

function shown(field: string): string {
  const column: Column | undefined = accountColumns.find((one) => one.field === field);
  return column?.aliases[0] === undefined ? field : `${field}（${column.aliases[0]}）`;
}

/** As what the file was read, what was left out, and every bad line. */
function Said({ rows }: { readonly rows: Rows | FileRows }) {
  const say = useSay();
  const line = (number: number) => say(`第 ${number} 行`, `line ${number}`);
  const remarks = [
    ...('readAs' in rows ? [readAsText(rows.readAs, say)] : []),
    ...('readAs' in rows && rows.readAs.kind === 'sheet' && rows.readAs.hidden.length > 0
      ? [
          say(
            `隐藏的行也已读取：${rows.readAs.hidden.join('、')}`,
            `Lines that the sheet hides are read too: ${rows.readAs.hidden.join(', ')}`,
          ),
        ]
      : []),
    ...(rows.ignored.length === 0
      ? []
      : [
          say(
            `未使用的列：${rows.ignored.join('、')}`,
            `Columns that are not used: ${rows.ignored.join(', ')}`,
          ),
        ]),
    ...rows.passedOver.map((one) =>
      say(
        `${line(one.line)} 不是人员，未读取：${one.message}`,
        `${line(one.line)} is about nobody, not read: ${one.message}`,
      ),
    ),
  ];
  return (
    <>
      {remarks.map((remark) => (
        <div key={remark} className="quiet">
          {remark}
        </div>
      ))}
      {rows.problems.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={say(`${rows.problems.length} 行有错误`, `${rows.problems.length} bad lines`)}
          description={
            <ul className="plain">
              {rows.problems.slice(0, PROBLEMS_SHOWN).map((problem) => (
                <li key={problem.line}>
                  {line(problem.line)} {problem.message}
                </li>
              ))}
            </ul>
          }
        />
      )}
    </>
  );
}

/** Bad lines that are listed; the title has their number. */
const PROBLEMS_SHOWN = 100;

function readAsText(readAs: FileRows['readAs'], say: Say): string {
  if (readAs.kind === 'sheet')
    return say(
      `读取工作表“${readAs.sheet}”${readAs.otherSheets.length === 0 ? '' : `；未读取：${readAs.otherSheets.join('、')}`}`,
      `Read the sheet ${readAs.sheet}${readAs.otherSheets.length === 0 ? '' : `, and not ${readAs.otherSheets.join(', ')}`}`,
    );
  const sample = readAs.sample.length === 0 ? '' : `：${readAs.sample.join('  ')}`;
  return say(`按 ${readAs.encoding} 读取${sample}`, `Read as ${readAs.encoding}${sample}`);
}
