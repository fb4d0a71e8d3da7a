import { environment, text } from '../../../shared/lambda/environment';
import { invocation } from '../../../shared/lambda/invocation';
import { ClientShop } from './client-shop';

const env = environment({ API_URL: text });

/** The shop as the sender of this request sees it. */
export const shopOf = ({ authorization = '' }: Record<string, string | undefined>): ClientShop =>
  new ClientShop({
    baseUrl: env.API_URL,
    token: authorization.replace(/^Bearer /i, ''),
    correlationId: invocation().correlationId,
  });
