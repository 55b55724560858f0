/**
 * Gives every `<style>` that a library makes the nonce of this page; without it the policy of the page refuses them.
 * Imported first.
 */
const meta = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]');
/** Of this page's policy. */
export const styleNonce = meta?.nonce ?? '';

const createElement = document.createElement.bind(document);
const withNonce = (name: string, options?: ElementCreationOptions): HTMLElement => {
  const element = createElement(name, options);
  if (element instanceof HTMLStyleElement) element.nonce = styleNonce;
  return element;
};
Object.defineProperty(document, 'createElement', { value: withNonce, configurable: true, writable: true });
