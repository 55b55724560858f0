import { Input, InputNumber, Select, Switch } from 'antd';
import { type ReactNode, useEffect, useId, useState } from 'react';

/** Values of a form or a filter; several values are joined by commas, a switch is `true` or empty. */
export type Values = Readonly<Record<string, string>>;

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly kind?: 'text' | 'area' | 'number' | 'select' | 'several' | 'switch' | 'day' | 'secret';
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly required?: boolean;
  readonly hint?: ReactNode;
  readonly placeholder?: string;
}

interface FieldInputProps {
  readonly field: Field;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** One field of a form, under its label. */
export function FieldInput(props: FieldInputProps) {
  const { field } = props;
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>
        {field.label}
        {field.required && <span aria-hidden> *</span>}
      </label>
      <Control {...props} id={id} />
      {field.hint && <div className="quiet">{field.hint}</div>}
    </div>
  );
}

/** The control alone, for rows of filters; its label is its placeholder, and is read aloud. */
export function Control({ field, value, onChange, id }: FieldInputProps & { readonly id?: string }) {
  const named = { ...(id === undefined ? { 'aria-label': field.label } : { id }) };
  switch (field.kind) {
    case 'select':
      return (
        <Select
          {...named}
          allowClear={!field.required}
          className="control"
          placeholder={field.label}
          value={value || undefined}
          options={[...(field.options ?? [])]}
          onChange={(chosen: string | undefined) => onChange(chosen ?? '')}
        />
      );
    case 'several':
      return (
        <Select
          {...named}
          mode={field.options === undefined ? 'tags' : 'multiple'}
          allowClear
          className="control"
          maxTagCount="responsive"
          placeholder={field.label}
          value={value === '' ? [] : value.split(',')}
          options={[...(field.options ?? [])]}
          onChange={(chosen: readonly string[]) => onChange(chosen.join(','))}
        />
      );
    case 'switch':
      return <Switch {...named} checked={value === 'true'} onChange={(on) => onChange(on ? 'true' : '')} />;
    case 'number':
      return (
        <InputNumber
          {...named}
          className="control"
          value={value === '' ? null : Number(value)}
          onChange={(number: number | null) => onChange(number === null ? '' : String(number))}
        />
      );
    case 'area':
      return (
        <Input.TextArea
          {...named}
          rows={5}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case 'secret':
      return (
        <Input.Password
          {...named}
          autoComplete="new-password"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case 'day':
      return (
        <Input
          {...named}
          className="control day"
          type="date"
          prefix={id === undefined ? field.label : null}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    default:
      return id === undefined ? (
        <FilterText field={field} value={value} onChange={onChange} />
      ) : (
        <Input
          {...named}
          autoComplete="off"
          placeholder={field.placeholder ?? ''}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      );
  }
}

/** A filter by text takes effect when it is entered or left, not with every letter. */
function FilterText({ field, value, onChange }: FieldInputProps) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const enter = () => {
    if (text.trim() !== value) onChange(text.trim());
  };
  return (
    <Input
      aria-label={field.label}
      className="control"
      autoComplete="off"
      allowClear
      placeholder={field.placeholder ?? field.label}
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        if (event.target.value === '' && value !== '') onChange('');
      }}
      onPressEnter={enter}
      onBlur={enter}
    />
  );
}

/** A list out of what a field of several values holds; undefined when empty, as filters want it. */
export function several<Value extends string>(
  text: string | undefined,
  known: readonly Value[],
): readonly Value[] | undefined {
  const values = (text ?? '').split(',');
  const found = known.filter((value) => values.includes(value));
  return found.length === 0 ? undefined : found;
}

/** One of the values of a closed set; undefined for anything else. */
export function oneOf<Value extends string>(
  text: string | undefined,
  known: readonly Value[],
): Value | undefined {
  return known.find((value) => value === text);
}
