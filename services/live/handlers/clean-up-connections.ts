import Joi from 'joi';
import { connectionsAt } from '../../../shared/aws/connections';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { environment, text } from '../../../shared/lambda/environment';
import { schedule } from '../../../shared/lambda/schedule';
import { ApiGatewayPages } from '../adapters/apigateway-pages';
import { DynamodbKeptConnections } from '../adapters/dynamodb-kept-connections';
import { cleanUpConnections } from '../use-cases/clean-up-connections';

const env = environment({ LIVE_TABLE: text, CONNECTIONS_URL: text });

const ports = {
  connections: new DynamodbKeptConnections(dynamodb, env.LIVE_TABLE),
  pages: new ApiGatewayPages(connectionsAt(env.CONNECTIONS_URL)),
  clock: Date.now,
};

const payload = Joi.object<{ cursor?: string; dryRun: boolean }, true>({
  cursor: Joi.string().max(300).optional(),
  dryRun: Joi.boolean(),
});

export const handler = schedule(payload, (input) => cleanUpConnections(ports, input));
