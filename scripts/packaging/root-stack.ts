import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';

const BUCKET = 'ServerlessDeploymentBucket';

/**
 * The least stack that `serverless package` asks for: serverless-plugin-split-stacks reads the root stack while it
 * packages, and the framework reads the bucket's name from this output.
 */
const TEMPLATE = {
  Resources: { [BUCKET]: { Type: 'AWS::S3::Bucket' } },
  Outputs: { [`${BUCKET}Name`]: { Value: { Ref: BUCKET } } },
};

export async function createRootStack(StackName: string, endpoint: string, region: string): Promise<void> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new CloudFormationClient({ endpoint, region, credentials });
  try {
    await client.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify(TEMPLATE) }));
  } finally {
    client.destroy();
  }
}
