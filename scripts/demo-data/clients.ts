import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { keys } from '../local/aws-env';

export interface Target {
  /** Of a local AWS; undefined for the account that the shell's credentials belong to. */
  endpoint?: string;
  region: string;
}

const config = ({ endpoint, region }: Target) =>
  endpoint ? { endpoint, region, credentials: { ...keys } } : { region };

export const dynamo = (target: Target): DynamoDBClient => new DynamoDBClient(config(target));

export const documents = (target: Target): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(new DynamoDBClient(config(target)), {
    marshallOptions: { removeUndefinedValues: true },
  });

export const cognito = (target: Target): CognitoIdentityProviderClient =>
  new CognitoIdentityProviderClient(config(target));
