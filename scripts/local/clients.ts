import { ApiGatewayV2Client } from '@aws-sdk/client-apigatewayv2';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SSMClient } from '@aws-sdk/client-ssm';
import { keys } from './aws-env';
import { region } from './paths';

// Named in full, so that no profile or variable of the user's can point these clients at a real account.
const config = (endpoint: string) => ({ endpoint, region, credentials: { ...keys } });

export const cloudFormation = (endpoint: string) => new CloudFormationClient(config(endpoint));
export const dynamoDb = (endpoint: string) => new DynamoDBClient(config(endpoint));
export const apiGateway = (endpoint: string) => new ApiGatewayV2Client(config(endpoint));
export const lambda = (endpoint: string) => new LambdaClient(config(endpoint));
export const ssm = (endpoint: string) => new SSMClient(config(endpoint));
