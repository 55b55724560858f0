import { type AdviceForm, adviceForms } from '../../domain/explanations/actions.ts';

/** Header of a client that shows texts to people: `command` or `button`. Over WebSocket `form` of connection_init. */
export const FORM_HEADER = 'x-accountsync-form';

/** How texts name what to do to this client; operations of the API unless it says otherwise. */
export function negotiateForm(asked: unknown): AdviceForm {
  const wanted = typeof asked === 'string' ? asked.trim().toUpperCase() : '';
  return adviceForms.find((form) => form === wanted) ?? 'OPERATION';
}
