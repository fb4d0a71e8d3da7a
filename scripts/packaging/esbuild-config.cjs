/**
 * The options of serverless-esbuild (`custom.esbuild.config`): those beside it in serverless.yml, and, when several
 * stages are packaged in one go, which bundles are there already. A bundle depends on its handler file and on nothing
 * of the stage, and bundling is nearly all of the time that packaging takes.
 */
module.exports = ({ service }) => {
  const { config, ...options } = service.custom.esbuild;
  return { ...options, ...reuse(service.functions, process.env.ORDERLY_BUNDLES) };
};

/** `bundles` is JSON, function key → handler path, of the zips that lie in the output folder before packaging. */
function reuse(functions, bundles) {
  if (!bundles) return {};
  const known = JSON.parse(bundles);
  const others = Object.keys(functions).filter((key) => known[key] !== functions[key].handler);
  return { skipBuild: true, skipBuildExcludeFns: others };
}
