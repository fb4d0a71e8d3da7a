import { dynamodb } from '../../../shared/aws/dynamodb';
import { environment, text } from '../../../shared/lambda/environment';
import { disconnecting, socket } from '../../../shared/lambda/socket';
import { DynamodbLive } from '../adapters/dynamodb-live';

const env = environment({ LIVE_TABLE: text });

const connections = new DynamodbLive(dynamodb, env.LIVE_TABLE);

export const handler = socket(disconnecting, async ({ connectionId }) => {
  await connections.forget(connectionId);
  return undefined;
});
