import { routes as refundRoutes } from './api/refunds';
import { webhookRoute } from './api/webhooks';

/** Every route of the service. A handler imports its own from `api/`, so that its bundle holds no other's schema. */
export const routes = [...refundRoutes, webhookRoute];
