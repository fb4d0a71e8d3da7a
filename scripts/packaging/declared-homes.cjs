const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { parse } = require('yaml');

const ROOT_FOLDERS = ['shared', 'resources'];

/** Logical id → the service whose folder declares it, or `root` for shared/, resources/ and serverless.yml. */
function declaredHomes(root) {
  const homes = {};
  const declare = (ids, home, file) => {
    for (const id of ids) {
      if (homes[id]) throw new Error(`${id} is declared twice, the second time in ${file}.`);
      homes[id] = home;
    }
  };
  const services = join(root, 'services');
  for (const service of existsSync(services) ? readdirSync(services) : []) {
    for (const file of ymlFiles(join(services, service))) declare(resourceIds(file), service, file);
  }
  for (const file of ROOT_FOLDERS.flatMap((folder) => ymlFiles(join(root, folder)))) {
    declare(resourceIds(file), 'root', file);
  }
  declare(inlineIds(join(root, 'serverless.yml')), 'root', 'serverless.yml');
  return homes;
}

function ymlFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yml'))
    .map((name) => join(folder, name));
}

// CloudFormation's own tags (!Ref, !Sub, …) only warn as unknown; the keys are all that is read here.
const read = (file) => parse(readFileSync(file, 'utf8'), { logLevel: 'error' });

const resourceIds = (file) => Object.keys(read(file)?.Resources ?? {});

function inlineIds(file) {
  const listed = existsSync(file) ? read(file)?.resources : undefined;
  return [listed ?? []].flat().flatMap((entry) => Object.keys(entry?.Resources ?? {}));
}

module.exports = { declaredHomes };
