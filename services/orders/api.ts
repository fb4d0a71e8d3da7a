import { fulfilmentRoutes } from './api/fulfilment';
import { guestRoutes } from './api/guest';
import { holdRoutes } from './api/holds';
import { operatingRoutes } from './api/operating';
import { orderRoutes } from './api/orders';
import { staffRoutes } from './api/staff';

/** Every route of the service. A handler imports its own from `api/`, so that its bundle holds no other's schema. */
export const routes = [
  ...orderRoutes,
  ...holdRoutes,
  ...guestRoutes,
  ...fulfilmentRoutes,
  ...operatingRoutes,
  ...staffRoutes,
];
