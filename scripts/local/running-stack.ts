import { type DemoUser, demoUsers } from '../demo-data/users';
import { givenEndpoint } from './aws-env';
import { endpointOf, isHealthy, readProcess } from './local-aws';
import { files, region, stackName, stage } from './paths';
import { Problem } from './problem';
import { describeStack, outputsOf } from './root-stack';

/** What `local:status --json` prints: other tools drive the stack through it and the API alone. */
export interface RunningStack {
  stage: string;
  endpoint: string;
  apiUrl: string;
  webSocketUrl?: string;
  sandboxUrl: string;
  region: string;
  userPoolId: string;
  userPoolClientId: string;
  users: Pick<DemoUser, 'email' | 'password' | 'role'>[];
  outputs: Record<string, string>;
}

/** Reads the running stack. @throws Problem when nothing runs or nothing is deployed yet */
export async function readRunningStack(): Promise<RunningStack> {
  const endpoint = await runningEndpoint();
  const stack = await describeStack(endpoint, stackName);
  const outputs = stack ? outputsOf(stack) : {};
  const { ApiUrl, SandboxUrl, UserPoolId, UserPoolClientId, WebSocketUrl } = outputs;
  if (!ApiUrl || !SandboxUrl || !UserPoolId || !UserPoolClientId) {
    throw new Problem(
      `The local AWS answers at ${endpoint}, but the stack ${stackName} is not deployed yet.`,
      'npm start, or wait until it is done',
    );
  }
  return {
    stage,
    endpoint,
    apiUrl: ApiUrl,
    ...(WebSocketUrl && { webSocketUrl: WebSocketUrl }),
    sandboxUrl: SandboxUrl,
    region,
    userPoolId: UserPoolId,
    userPoolClientId: UserPoolClientId,
    users: demoUsers.map(({ email, password, role }) => ({ email, password, role })),
    outputs,
  };
}

async function runningEndpoint(): Promise<string> {
  if (givenEndpoint) {
    if (await isHealthy(givenEndpoint)) return givenEndpoint;
    throw new Problem(
      `Nothing answers at AWS_ENDPOINT_URL=${givenEndpoint}.`,
      'Start what you named there, or unset it',
    );
  }
  const aws = readProcess(files.process);
  if (aws && (await isHealthy(endpointOf(aws)))) return endpointOf(aws);
  throw new Problem('The local stack is not running.', 'npm start');
}
