import { dynamodb } from '../../../shared/aws/dynamodb';
import { environment, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { DynamoDbEndpoints } from '../adapters/dynamodb-endpoints';
import { endpointView, listEndpointsRoute } from '../api';

const env = environment({ WEBHOOK_ENDPOINTS_TABLE: text });

const endpoints = new DynamoDbEndpoints(dynamodb, { endpoints: env.WEBHOOK_ENDPOINTS_TABLE });

export const handler = http(listEndpointsRoute, async () =>
  json(200, { items: (await endpoints.all()).map(endpointView) }),
);
