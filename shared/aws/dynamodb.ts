import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientConfig } from './client-config';
import { instrument } from './instrument';

/** Made once an environment, when the module loads. Rows are plain objects; undefined members are left out. */
export const dynamodb = DynamoDBDocumentClient.from(
  instrument(new DynamoDBClient(clientConfig()), 'DynamoDB'),
  {
    marshallOptions: { removeUndefinedValues: true },
  },
);

export type DocumentClient = DynamoDBDocumentClient;
