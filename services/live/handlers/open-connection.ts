import { connectionsAt } from '../../../shared/aws/connections';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { environment, text } from '../../../shared/lambda/environment';
import { connecting, socket } from '../../../shared/lambda/socket';
import { ApiGatewayPages } from '../adapters/apigateway-pages';
import { DynamodbLive } from '../adapters/dynamodb-live';
import { connectQuery } from '../api';
import { openConnection } from '../use-cases/open-connection';

const env = environment({ LIVE_TABLE: text, CONNECTIONS_URL: text });

const live = new DynamodbLive(dynamodb, env.LIVE_TABLE);
const ports = {
  tickets: live,
  connections: live,
  pages: new ApiGatewayPages(connectionsAt(env.CONNECTIONS_URL)),
  clock: Date.now,
};

export const handler = socket(connecting(connectQuery), (request) => openConnection(ports, request));
