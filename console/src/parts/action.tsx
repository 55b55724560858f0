import { App, Button, Input, Modal } from 'antd';
import { type ReactNode, useRef, useState } from 'react';
import { refresh } from '../api/call.ts';
import { useSay } from '../frame/preferences.tsx';
import { CallError, UserErrors } from './explain.tsx';
import { type Field, FieldInput, type Values } from './fields.tsx';

interface UserError {
  readonly code: string;
  readonly message: string;
  readonly path?: readonly string[] | null;
}

/** Extent of an action, before it is done. */
export interface Preview {
  readonly shown: ReactNode;
  /** Label of the button: verb and number. */
  readonly button: string;
  /** How many it found, so that it acts on no other. */
  readonly count: number;
  readonly errors?: readonly UserError[];
}

export interface ActionProps<Payload> {
  readonly label: string;
  readonly title?: string;
  readonly description?: ReactNode;
  readonly type?: 'primary' | 'default' | 'link';
  readonly size?: 'small' | 'middle';
  readonly danger?: boolean;
  /** Why it cannot be done now. */
  readonly disabledBecause?: string | null | false;
  readonly fields?: readonly Field[];
  readonly initial?: Values;
  /** Asked before the button that acts can be pressed. */
  readonly preview?: (values: Values) => Promise<Preview>;
  /** To be typed before it can be done. */
  readonly typed?: string;
  readonly run: (values: Values, count: number) => Promise<Payload>;
  readonly errorsOf: (payload: Payload) => readonly UserError[];
  /** Describes the result. */
  readonly done: (payload: Payload) => string;
  /** Shown instead of closing: what can be seen this once. */
  readonly result?: (payload: Payload) => ReactNode;
  readonly onDone?: (payload: Payload) => void;
}

/** A button whose dialog asks for the input, shows the extent, and reports the result. */
export function Action<Payload>(props: ActionProps<Payload>) {
  const { label, type = 'default', size = 'middle', danger = false, disabledBecause } = props;
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <Button
        ref={button}
        type={type}
        size={size}
        danger={danger}
        disabled={Boolean(disabledBecause)}
        title={disabledBecause || undefined}
        onClick={() => setOpen(true)}
      >
        {label}
      </Button>
      {isOpen && (
        <Dialog
          {...props}
          onClose={() => {
            setOpen(false);
            button.current?.focus();
          }}
        />
      )}
    </>
  );
}

function Dialog<Payload>(props: ActionProps<Payload> & { readonly onClose: () => void }) {
  const { fields = [], preview, typed, onClose } = props;
  const say = useSay();
  const [values, setValues] = useState<Values>(props.initial ?? {});
  const state = useSubmission(props, values);
  const { seen, payload, error, isBusy } = state;
  const [confirmation, setConfirmation] = useState('');
  const missing = fields.some(({ name, required }) => required && !(values[name] ?? '').trim());
  const errors = payload === null ? (seen?.errors ?? []) : props.errorsOf(payload);
  const result = payload !== null && errors.length === 0 ? props.result?.(payload) : undefined;
  const mustPreview = preview !== undefined && seen === null;
  const text = mustPreview ? say('预览', 'Preview') : (seen?.button ?? props.label);
  const blocked =
    missing || (typed !== undefined && confirmation !== typed) || (seen !== null && errors.length > 0);
  return (
    <Modal
      open
      title={props.title ?? props.label}
      onCancel={onClose}
      width={640}
      footer={
        result !== undefined ? (
          <Button type="primary" onClick={onClose}>
            {say('完成', 'Done')}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>{say('取消', 'Cancel')}</Button>
            <Button
              type="primary"
              danger={props.danger === true && !mustPreview}
              loading={isBusy}
              disabled={blocked && !(mustPreview && !missing)}
              onClick={() => void (mustPreview ? state.look() : state.submit(onClose))}
            >
              {text}
            </Button>
          </>
        )
      }
    >
      {result ?? (
        // A password belongs into a form, for browsers that remember; the buttons below act, not the form.
        <form className="form" onSubmit={(event) => event.preventDefault()}>
          {props.description}
          {fields.map((field) => (
            <FieldInput
              key={field.name}
              field={field}
              value={values[field.name] ?? ''}
              onChange={(value) => {
                setValues({ ...values, [field.name]: value });
                state.forget();
              }}
            />
          ))}
          {seen?.shown}
          {typed !== undefined && !mustPreview && (
            <div className="field">
              <label htmlFor="typed">
                {say('输入以下内容以确认：', 'To confirm, type: ')}
                <code>{typed}</code>
              </label>
              <Input
                id="typed"
                value={confirmation}
                onChange={(event) => setConfirmation(event.target.value)}
              />
            </div>
          )}
          <UserErrors errors={errors} />
          <CallError error={error} />
        </form>
      )}
    </Modal>
  );
}

/** Looking first, then acting on what was seen. */
function useSubmission<Payload>(props: ActionProps<Payload>, values: Values) {
  const { message } = App.useApp();
  const [seen, setSeen] = useState<Preview | null>(null);
  const [payload, setPayload] = useState<Payload | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const attempt = async (work: () => Promise<void>) => {
    setBusy(true);
    setError(null);
    try {
      await work();
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return {
    seen,
    payload,
    error,
    isBusy,
    /** Another value: what was seen, and refused, belonged to the old one. */
    forget: () => {
      setSeen(null);
      setPayload(null);
      setError(null);
    },
    look: () => attempt(async () => setSeen((await props.preview?.(values)) ?? null)),
    submit: (onClose: () => void) =>
      attempt(async () => {
        const answer = await props.run(values, seen?.count ?? 0);
        setPayload(answer);
        if (props.errorsOf(answer).length > 0) return;
        void message.success(props.done(answer));
        void refresh();
        if (props.result === undefined) onClose();
        props.onDone?.(answer);
      }),
  };
}
