import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { clientConfig } from './client-config';
import { instrument } from './instrument';

/** The connections of one WebSocket API at its stage's https address. One that is slow is tried twice, not thrice. */
export const connectionsAt = (endpoint: string): ApiGatewayManagementApiClient =>
  instrument(
    new ApiGatewayManagementApiClient({ ...clientConfig(), endpoint, maxAttempts: 2 }),
    'ApiGatewayManagementApi',
  );
