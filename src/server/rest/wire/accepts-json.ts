/** Media types answered with JSON: browsers that ask for HTML get it too. */
const ANSWERED = ['application/json', 'text/html'];

/** True when a caller takes JSON: by name, as anything, or because it would take a page. */
export function acceptsJson(accept: string | undefined): boolean {
  if (accept === undefined || accept.trim() === '') return true;
  return accept.split(',').some((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith('q='));
    if (weight !== undefined && Number(weight.slice(2)) === 0) return false;
    if (type === '*/*' || type === '*') return true;
    return ANSWERED.some((answered) => type === answered || type === `${answered.split('/')[0]}/*`);
  });
}
