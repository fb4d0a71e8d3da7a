import {
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { cloudFormation } from './clients';
import { Problem } from './problem';
import { waitUntil } from './wait-until';

const STACK_LIMIT_MS = 120_000;

/** @returns the stack, or undefined when there is none */
export async function describeStack(endpoint: string, stackName: string): Promise<Stack | undefined> {
  try {
    const { Stacks } = await cloudFormation(endpoint).send(
      new DescribeStacksCommand({ StackName: stackName }),
    );
    return Stacks?.[0];
  } catch (error) {
    if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
    throw error;
  }
}

export function outputsOf(stack: Stack): Record<string, string> {
  return Object.fromEntries(
    (stack.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue ?? '']),
  );
}

/** The root stack's template as it was deployed. */
export async function templateOf(endpoint: string, stackName: string): Promise<Template> {
  const { TemplateBody } = await cloudFormation(endpoint).send(
    new GetTemplateCommand({ StackName: stackName }),
  );
  return JSON.parse(TemplateBody ?? '{}');
}

export interface Template {
  Resources?: Record<string, { Type: string; Properties?: Record<string, unknown> }>;
}

/**
 * Makes the root stack with nothing but the deployment bucket, unless it exists: serverless-plugin-split-stacks
 * asks CloudFormation about the root stack while it packages, so there must be one.
 */
export async function ensureRootStack(endpoint: string, stackName: string): Promise<void> {
  if (await describeStack(endpoint, stackName)) return;
  const TemplateBody = JSON.stringify({
    Resources: { ServerlessDeploymentBucket: { Type: 'AWS::S3::Bucket' } },
    Outputs: { ServerlessDeploymentBucketName: { Value: { Ref: 'ServerlessDeploymentBucket' } } },
  });
  await cloudFormation(endpoint).send(new CreateStackCommand({ StackName: stackName, TemplateBody }));
  const status = await settledStatus(endpoint, stackName);
  if (status !== 'CREATE_COMPLETE') {
    throw new Problem(
      `The root stack ${stackName} could not be made: ${status}.`,
      'npm run local:reset, then again',
    );
  }
}

/** Waits while CloudFormation is at work on the stack. @returns its status then */
export async function settledStatus(
  endpoint: string,
  stackName: string,
  limit = STACK_LIMIT_MS,
): Promise<string> {
  let status = 'NONE';
  await waitUntil(
    async () => {
      status = (await describeStack(endpoint, stackName))?.StackStatus ?? 'NONE';
      return !status.endsWith('_IN_PROGRESS') || status === 'REVIEW_IN_PROGRESS';
    },
    { limit, every: 200 },
  );
  return status;
}

export async function deleteStack(endpoint: string, stackName: string): Promise<void> {
  await cloudFormation(endpoint).send(new DeleteStackCommand({ StackName: stackName }));
  await settledStatus(endpoint, stackName);
}
