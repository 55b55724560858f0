import { Empty, Skeleton, Typography } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useSay } from '../frame/preferences.tsx';
import { CallError } from './explain.tsx';

/** A page: its title takes the focus after a navigation, so that readers of screens hear where they are. */
export function Page({
  title,
  extra,
  children,
}: {
  readonly title: string;
  readonly extra?: ReactNode;
  readonly children: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · AccountSync`;
  }, [title]);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <>
      <div className="page-head">
        <Typography.Title level={1} ref={heading} tabIndex={-1}>
          {title}
        </Typography.Title>
        {extra && <div className="page-actions">{extra}</div>}
      </div>
      {children}
    </>
  );
}

export function Section({
  title,
  extra,
  children,
}: {
  readonly title: string;
  readonly extra?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className="section" aria-label={title}>
      <div className="section-head">
        <h2>{title}</h2>
        {extra}
      </div>
      {children}
    </section>
  );
}

const SKELETON_MS = 300;

/** A skeleton, shown once the user has had to wait. */
export function Waiting() {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), SKELETON_MS);
    return () => clearTimeout(timer);
  }, []);
  return shown ? <Skeleton active title={false} paragraph={{ rows: 6 }} /> : null;
}

/** The state of a query around what is shown of it. */
export function Loaded<Data>({
  query,
  children,
}: {
  readonly query: {
    readonly data: Data | undefined;
    readonly error: unknown;
    readonly refetch: () => unknown;
  };
  readonly children: (data: Data) => ReactNode;
}) {
  const { data, error, refetch } = query;
  return (
    <>
      {error !== null && <CallError error={error} onRetry={() => void refetch()} />}
      {data === undefined ? error === null && <Waiting /> : children(data)}
    </>
  );
}

/** For an id of which there is nothing to show. */
export function NotThere({ id }: { readonly id: string }) {
  const say = useSay();
  return (
    <Empty
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      description={
        <>
          <code>{id}</code>
          <br />
          {say('不存在，或者您无权查看。', 'is not there, or not visible to you.')}
        </>
      }
    />
  );
}
