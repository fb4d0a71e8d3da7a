import { type Cors, UpdateApiCommand } from '@aws-sdk/client-apigatewayv2';
import { DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { DescribeTimeToLiveCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { apiGateway, cloudFormation, dynamoDb } from './clients';
import { templateOf } from './root-stack';

interface Setting {
  type: string;
  property: string;
  /** Why it is worth a call of its own. */
  reason: string;
  apply(endpoint: string, physicalId: string, value: unknown): Promise<void>;
}

/** What the local AWS's CloudFormation accepts and does not do, and a test or a page needs. */
const SETTINGS: Setting[] = [
  {
    type: 'AWS::DynamoDB::Table',
    property: 'TimeToLiveSpecification',
    reason: 'idempotency records and holds must expire here as they do on AWS',
    apply: setTimeToLive,
  },
  {
    type: 'AWS::ApiGatewayV2::Api',
    property: 'CorsConfiguration',
    reason: 'a page on another origin gets 403 otherwise; every update of the Api resource loses it again',
    apply: setCors,
  },
];

/** Applies by API what was dropped; the values are those of the deployed template. @returns what it set */
export async function applyDroppedSettings(endpoint: string, stackName: string): Promise<string[]> {
  const { Resources = {} } = await templateOf(endpoint, stackName);
  const physicalIds = await physicalIdsOf(endpoint, stackName);
  const dropped = Object.entries(Resources).flatMap(([logicalId, { Type, Properties }]) =>
    SETTINGS.filter(({ type, property }) => type === Type && Properties?.[property] !== undefined).map(
      (setting) => ({
        setting,
        name: physicalIds.get(logicalId),
        value: Properties?.[setting.property],
      }),
    ),
  );
  const found = dropped.filter((one): one is typeof one & { name: string } => one.name !== undefined);
  await Promise.all(found.map(({ setting, name, value }) => setting.apply(endpoint, name, value)));
  return found.map(({ setting, name }) => `${setting.property} of ${name}`);
}

async function physicalIdsOf(endpoint: string, stackName: string): Promise<Map<string, string>> {
  const command = new DescribeStackResourcesCommand({ StackName: stackName });
  const { StackResources = [] } = await cloudFormation(endpoint).send(command);
  return new Map(
    StackResources.map(({ LogicalResourceId = '', PhysicalResourceId = '' }) => [
      LogicalResourceId,
      PhysicalResourceId,
    ]),
  );
}

async function setTimeToLive(endpoint: string, TableName: string, value: unknown): Promise<void> {
  const { AttributeName, Enabled } = value as { AttributeName: string; Enabled: boolean };
  const client = dynamoDb(endpoint);
  const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName }));
  if (TimeToLiveDescription?.TimeToLiveStatus === 'ENABLED') return;
  const TimeToLiveSpecification = { AttributeName, Enabled: String(Enabled) === 'true' };
  await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
}

async function setCors(endpoint: string, ApiId: string, value: unknown): Promise<void> {
  await apiGateway(endpoint).send(new UpdateApiCommand({ ApiId, CorsConfiguration: value as Cors }));
}
