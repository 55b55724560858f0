import { Modal } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useGo } from '../parts/go.tsx';
import { menu, textOf } from './menu.ts';
import { useSay } from './preferences.tsx';

/** A second key counts as one with the first in this time. */
const CHORD_MS = 1_000;

/** Keys of the whole console: `/` searches, `?` helps, `g` and a letter go, `j` and `k` walk through the rows, `x` chooses one. */
export function Keys({ onSearch }: { readonly onSearch: () => void }) {
  const say = useSay();
  const go = useGo();
  const [isShown, setShown] = useState(false);
  const after = useRef(0);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const isSecond = performance.now() - after.current < CHORD_MS;
      after.current = 0;
      const target = isSecond ? entries.find(({ key }) => key === event.key) : undefined;
      if (target !== undefined) go(target.path);
      else if (event.key === 'g') after.current = performance.now();
      else if (event.key === '/') onSearch();
      else if (event.key === '?') setShown(true);
      else if (event.key === 'j') walk(1);
      else if (event.key === 'k') walk(-1);
      else if (event.key === 'x') choose();
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [go, onSearch]);
  const rows = [
    ['/', say('搜索', 'search')],
    ['?', say('显示快捷键', 'show the keys')],
    ...entries.map((entry) => [`g ${entry.key}`, textOf(entry, say)]),
    ['j  k', say('下一行、上一行', 'next row, previous row')],
    ['Enter', say('打开', 'open')],
    ['x', say('选中或取消选中这一行（任务列表）', 'choose the row, or not (list of tasks)')],
    ['Esc', say('关闭', 'close')],
  ];
  return (
    <Modal open={isShown} footer={null} title={say('快捷键', 'Keys')} onCancel={() => setShown(false)}>
      <table className="keys">
        <tbody>
          {rows.map(([key, text]) => (
            <tr key={key}>
              <td>
                <kbd>{key}</kbd>
              </td>
              <td>{text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  );
}

const entries = menu.flatMap((group) => group.entries).filter(({ key }) => key !== undefined);

function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement && target.type === 'checkbox') return false;
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName))
  );
}

/** Ticks the box of the row that has the focus. */
function choose(): void {
  const row = document.activeElement?.closest('.list tbody tr');
  row?.querySelector<HTMLInputElement>('input[type="checkbox"]')?.click();
}

/** The link of each row takes the focus in turn. */
function walk(step: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>('.list tbody tr:not([aria-hidden]) a')].filter(
    (link, index, all) => all.findIndex((other) => other.closest('tr') === link.closest('tr')) === index,
  );
  const at = links.findIndex((link) => link.closest('tr')?.contains(document.activeElement));
  links.at(at === -1 ? (step === 1 ? 0 : -1) : Math.min(links.length - 1, Math.max(0, at + step)))?.focus();
}
