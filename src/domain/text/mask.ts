/** A phone that may be logged: `138****8000`; shorter than 11 digits `88****88`, shorter than 7 nothing of it. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/[^0-9]/g, '');
  if (digits.length >= 11) return `${digits.slice(0, 3)}****${digits.slice(-4)}`;
  if (digits.length >= 7) return `${digits.slice(0, 2)}****${digits.slice(-2)}`;
  return '****';
}

/** A name that may be logged: its first character and one star, whatever its length: `张*`. */
export function maskName(name: string): string {
  const [first = '', second] = name.trim();
  return second === undefined ? '*' : `${first}*`;
}

/** A masked mail address, for readers without the right to see it: `z***@example.com`. */
export function maskEmail(address: string): string {
  const at = address.lastIndexOf('@');
  return at < 1 ? '***' : `${address.slice(0, 1)}***${address.slice(at)}`;
}

const TEXT_MAX_LENGTH = 500;

/** A masked text of unknown content (an error, a payload): numbers, names in Han and addresses masked; cut. */
export function maskText(text: string): string {
  return text
    .slice(0, TEXT_MAX_LENGTH)
    .replace(/[\w.+-]+@[\w.-]+\.\w+/g, maskEmail)
    .replace(/\+?\d[\d -]{5,}\d/g, maskPhone)
    .replace(/\p{Script=Han}{2,}/gu, maskName)
    .toWellFormed();
}
