import { SearchOutlined } from '@ant-design/icons';
import { AutoComplete, Input, type InputRef } from 'antd';
import { type Ref, useEffect, useRef, useState } from 'react';
import { useGo } from '../parts/go.tsx';
import { find, type Hit, pageOfId } from './find.ts';
import { type Say, useSay } from './preferences.tsx';
import { useMay } from './viewer.tsx';

const PAUSE_MS = 250;

/** Finds people, requests and everything that has an id; one hit opens. */
export function SearchBox({ box }: { readonly box: Ref<InputRef> }) {
  const say = useSay();
  const may = useMay();
  const go = useGo();
  const [text, setText] = useState('');
  const [hits, setHits] = useState<readonly Hit[]>([]);
  const [nothing, setNothing] = useState(false);
  const asked = useRef<AbortController | null>(null);

  const search = async (wanted: string): Promise<readonly Hit[]> => {
    asked.current?.abort();
    const stop = new AbortController();
    asked.current = stop;
    const found = await find(wanted, may, stop.signal).catch(() => []);
    if (stop.signal.aborted) return [];
    setHits(found);
    setNothing(found.length === 0);
    return found;
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: asks for the text alone
  useEffect(() => {
    setNothing(false);
    if (text.trim().length < 2 || pageOfId(text) !== null) {
      setHits([]);
      return;
    }
    const timer = setTimeout(() => void search(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);

  const open = (to: string) => {
    setText('');
    setHits([]);
    go(to);
  };
  const enter = async () => {
    const page = pageOfId(text);
    if (page !== null) return open(page);
    if (text.trim() === '') return;
    const found = await search(text);
    if (found.length === 1 && found[0]) open(found[0].to);
  };
  return (
    <AutoComplete
      className="search-box"
      value={text}
      options={hits.map(({ text: label, detail, kind }) => ({
        value: nameOf({ text: label, detail, kind }),
        label: (
          <span>
            <span className="quiet">{kindTexts(say)[kind]}</span> {label}{' '}
            <span className="quiet">{detail}</span>
          </span>
        ),
      }))}
      notFoundContent={nothing ? say('没有找到', 'Nothing found') : null}
      onSelect={(name: string) => {
        const hit = hits.find((each) => nameOf(each) === name);
        if (hit) open(hit.to);
      }}
      onChange={(value: string) => {
        if (!hits.some((hit) => nameOf(hit) === value)) setText(value);
      }}
    >
      <Input
        ref={box}
        aria-label={say('搜索', 'Search')}
        placeholder={say(
          '姓名、工号、邮箱、业务键或任意编号（/）',
          'name, number, e-mail, business key or any id (/)',
        )}
        prefix={<SearchOutlined aria-hidden />}
        onPressEnter={() => void enter()}
      />
    </AutoComplete>
  );
}

function kindTexts(say: Say): Readonly<Record<Hit['kind'], string>> {
  return {
    person: say('人员', 'person'),
    request: say('请求', 'request'),
    'more people': say('全部人员', 'all people'),
    'more requests': say('全部请求', 'all requests'),
  };
}

/** Name of a hit, also for screen readers; a list that the text leads to is no answer to the text itself. */
function nameOf({ text, detail, kind }: Pick<Hit, 'text' | 'detail' | 'kind'>): string {
  return kind === 'person' || kind === 'request' ? `${text} ${detail}` : `${kind}: ${text}`;
}
