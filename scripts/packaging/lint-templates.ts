/** `npm run lint:templates`: cfn-lint over every packaged template; an error or a warning fails. */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureTools } from '../local/install';
import { root } from '../local/paths';
import { Problem, run } from '../local/problem';
import { createProgress } from '../local/progress';
import { STAGES } from './stages';

function templates(): string[] {
  return STAGES.flatMap((stage) => {
    const folder = join('.build', stage);
    if (!existsSync(join(root, folder))) return [];
    const names = readdirSync(join(root, folder));
    return names
      .filter((name) => /^cloudformation-template-.*\.json$/.test(name))
      .map((name) => join(folder, name));
  });
}

run(async () => {
  const found = templates();
  if (found.length === 0) throw new Problem('Nothing is packaged yet.', 'npm run package -- --all');
  const { cfnLint, env } = await ensureTools(createProgress());
  try {
    await promisify(execFile)(cfnLint, found, {
      cwd: root,
      env: { ...process.env, ...env },
      maxBuffer: 2 ** 26,
    });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Problem(`cfn-lint found:\n\n${stdout}${stderr}`, 'Mend the resource it names in its yml file.');
  }
  console.log(`cfn-lint: ${found.length} templates, no error, no warning`);
  return 0;
});
