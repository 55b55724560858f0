import { DownloadOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useRef, useState } from 'react';
import { download } from '../api/call.ts';
import { usePreferences, useSay } from '../frame/preferences.tsx';
import { saveFile } from './csv.tsx';

/** Fields of a filter of the API, under which the service's files know them too. */
type Filter = Readonly<Record<string, unknown>>;

/** Heads of the service's files, for people; systems keep their codes. */
const CHINESE_HEADS: Readonly<Record<string, string>> = {
  requestId: '请求',
  originSystem: '来源系统',
  businessKey: '业务键',
  accountType: '账号类型',
  systems: '系统',
  status: '状态',
  totalUsers: '人数',
  rejectedUsers: '被拒行数',
  completedUsers: '完成人数',
  failedUsers: '失败人数',
  progress: '进度',
  explanation: '说明',
  createdBy: '创建者',
  createdAt: '创建时间',
  updatedAt: '更新时间',
  completedAt: '结束时间',
  taskId: '任务',
  system: '系统',
  employeeNumber: '工号',
  fullName: '姓名',
  errorCode: '错误码',
  attempts: '尝试次数',
  accountIdentifier: '账号',
  personType: '人员类型',
  employeeStatus: '人员状态',
  departmentCode: '部门',
  emailAddress: '邮箱',
  source: '来源',
};
const MARK_BYTES = 3;
const HEAD_BYTES_MAX = 4_096;

/** Saves all that the filter finds, as the service writes it; the same button stops it. */
export function CsvFile({
  list,
  filter,
}: {
  readonly list: 'requests' | 'tasks' | 'people';
  readonly filter: Filter;
}) {
  const say = useSay();
  const { language } = usePreferences();
  const { message } = App.useApp();
  const [bytes, setBytes] = useState<number | null>(null);
  const running = useRef<AbortController | null>(null);
  const start = async () => {
    const stop = new AbortController();
    running.current = stop;
    setBytes(0);
    try {
      const file = await read(`/exports/${list}.csv?${queryOf(filter)}`, stop.signal, setBytes);
      saveFile(`${list}.csv`, language === 'EN' ? file : await withChineseHeads(file));
    } catch (error) {
      if (!stop.signal.aborted) void message.error(error instanceof Error ? error.message : String(error));
    } finally {
      setBytes(null);
    }
  };
  if (bytes === null)
    return (
      <Button icon={<DownloadOutlined />} onClick={() => void start()}>
        CSV
      </Button>
    );
  const size = `${Math.ceil(bytes / 1_024)} KB`;
  return <Button onClick={() => running.current?.abort()}>{say(`停止（${size}）`, `Stop (${size})`)}</Button>;
}

function queryOf(filter: Filter): URLSearchParams {
  return new URLSearchParams(
    Object.entries(filter).flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)])),
  );
}

async function read(path: string, signal: AbortSignal, tell: (bytes: number) => void): Promise<Blob> {
  const pieces: BlobPart[] = [];
  let bytes = 0;
  for await (const piece of download(path, signal)) {
    pieces.push(new Uint8Array(piece));
    bytes += piece.length;
    tell(bytes);
  }
  return new Blob(pieces, { type: 'text/csv' });
}

/** The names of fields stand in the first line, in letters of one byte each, behind a mark. */
async function withChineseHeads(file: Blob): Promise<Blob> {
  const [line = ''] = (await file.slice(0, HEAD_BYTES_MAX).text()).split('\r\n');
  const heads = line.split(',').map((name) => CHINESE_HEADS[name] ?? name);
  return new Blob([`\uFEFF${heads.join(',')}`, file.slice(MARK_BYTES + line.length)], { type: 'text/csv' });
}
