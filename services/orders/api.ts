import { fulfilmentRoutes } from './api/fulfilment';
import { holdRoutes } from './api/holds';
import { orderRoutes } from './api/orders';

/** Every route of the service. A handler imports its own from `api/`, so that its bundle holds no other's schema. */
export const routes = [...orderRoutes, ...holdRoutes, ...fulfilmentRoutes];
