import { type OrderlyClient, orderlyClient } from '../../shared/client';
import { whenThereIsRoom } from './api';
import { tokenOf } from './sign-in';
import { stack } from './stack';

/** The typed client of the stack under test: for whom the token names, or the first demo customer. */
export async function client(token?: string): Promise<OrderlyClient> {
  return orderlyClient({
    baseUrl: (await stack()).apiUrl,
    token: token ?? (() => tokenOf('customer')),
    fetch: (request) => whenThereIsRoom(() => fetch(request.clone()), `${request.method} ${request.url}`),
  });
}
