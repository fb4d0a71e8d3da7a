import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { checkAccount } from '../../scripts/local/aws-env';
import { region, root } from '../../scripts/local/paths';

/** Nothing listens there. */
const ENDPOINT = 'http://127.0.0.1:9';

function refusal(script: string): Promise<{ failed: boolean; said: string }> {
  const env = { ...process.env, AWS_ENDPOINT_URL: ENDPOINT };
  const args = ['--import', 'tsx', script, '--stage', 'dev'];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: root, env }, (error, _stdout, said) =>
      resolve({ failed: error !== null, said }),
    );
  });
}

test.each(['scripts/deploy.ts', 'scripts/demo-data.ts'])(
  '%s does not take another AWS for the account of a stage',
  async (script) => {
    const { failed, said } = await refusal(script);
    expect(failed).toBe(true);
    expect(said).toContain(`AWS_ENDPOINT_URL=${ENDPOINT} is set: stage dev would go there`);
    expect(said).toContain('→ unset AWS_ENDPOINT_URL');
  },
  30_000,
);

test('stage local may name its endpoint, and every stage may go without', () => {
  expect(() => checkAccount('local', ENDPOINT)).not.toThrow();
  expect(() => checkAccount('dev', '')).not.toThrow();
});

test('demo data go to the region that a deployment goes to unless told otherwise', () => {
  const { params } = parse(readFileSync(`${root}/serverless.yml`, 'utf8'), { logLevel: 'error' });
  expect(region).toBe(params.default.region);
});
