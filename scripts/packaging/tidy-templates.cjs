/**
 * A local plugin of the framework that leaves nothing in the packaged templates that we did not mean to be there:
 * the shared Lambda role nobody uses, conditions that the stage decides, and each DependsOn that a Ref or Fn::GetAtt
 * already enforces (cfn-lint W3005). It stands before serverless-plugin-split-stacks in the list of plugins.
 */
const { readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { idsIn } = require('./references.cjs');
const { danglingReferences, resolveConditions } = require('./resolve-conditions.cjs');

const SHARED_ROLE = 'IamRoleLambdaExecution';

class TidyTemplates {
  constructor(serverless) {
    const template = () => serverless.service.provider.compiledCloudFormationTemplate;
    this.hooks = {
      'before:aws:package:finalize:mergeCustomProviderResources': () => dropSharedRole(template()),
      'after:aws:package:finalize:mergeCustomProviderResources': () => applyConditions(template()),
      'before:aws:package:finalize:saveServiceState': () => {
        dropImpliedDependencies(template());
        rewriteNestedTemplates(join(serverless.config.servicePath, '.serverless'));
      },
    };
  }
}

/** A function without `iamRoleStatements` keeps the shared role silently (serverless-iam-roles-per-function 3.2). */
function dropSharedRole({ Resources }) {
  const { [SHARED_ROLE]: role, ...others } = Resources;
  if (!role) return;
  const users = Object.keys(others).filter((id) => idsIn(others[id]).has(SHARED_ROLE));
  if (users.length > 0) {
    throw new Error(
      `No role of its own: ${users.join(', ')}. Give it iamRoleStatements in its functions.yml.`,
    );
  }
  delete Resources[SHARED_ROLE];
}

function applyConditions(template) {
  const before = { ...template.Resources };
  if (Object.values(before).some(({ Type }) => Type === 'AWS::CloudFormation::Stack')) {
    throw new Error('tidy-templates.cjs must stand before serverless-plugin-split-stacks in `plugins`.');
  }
  resolveConditions(template);
  const dangling = danglingReferences(before, template);
  if (dangling.length > 0)
    throw new Error(`Left out on this stage by a condition, but used: ${dangling.join(', ')}.`);
}

function dropImpliedDependencies({ Resources }) {
  for (const resource of Object.values(Resources)) {
    const { DependsOn, ...rest } = resource;
    const implied = idsIn(rest);
    const needed = [DependsOn ?? []].flat().filter((id) => !implied.has(id));
    if (needed.length > 0) resource.DependsOn = needed;
    else delete resource.DependsOn;
  }
}

/** serverless-plugin-split-stacks 1.15 has written them by now, always into `.serverless`. */
function rewriteNestedTemplates(folder) {
  for (const name of readdirSync(folder).filter((file) => file.endsWith('-nested-stack.json'))) {
    const template = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    dropImpliedDependencies(template);
    writeFileSync(join(folder, name), JSON.stringify(template, null, 2));
  }
}

module.exports = Object.assign(TidyTemplates, { dropSharedRole, dropImpliedDependencies });
