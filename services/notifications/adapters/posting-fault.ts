import { NotPosted } from '../ports/sending';

export interface ProviderError {
  name?: string;
  code?: string;
  $metadata?: { httpStatusCode?: number };
}

/** The provider's own message may repeat the address, so its name alone goes on. */
export function postingFault({ name, code, $metadata }: ProviderError): Error {
  const status = $metadata?.httpStatusCode ?? 0;
  const refused = status >= 400 && status < 500;
  const neverReached = code === 'ECONNREFUSED' || code === 'ENOTFOUND';
  return refused || neverReached
    ? new NotPosted(`Not taken: ${name}`)
    : new Error(`The provider did not say whether it took the message: ${name}`);
}
