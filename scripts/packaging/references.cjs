/** The logical ids a piece of a template refers to by Ref, Fn::GetAtt or Fn::Sub. */
function idsIn(node, found = new Set()) {
  if (typeof node !== 'object' || node === null) return found;
  if (typeof node.Ref === 'string') found.add(node.Ref);
  const attribute = node['Fn::GetAtt'];
  if (attribute) found.add(Array.isArray(attribute) ? attribute[0] : attribute.split('.')[0]);
  const text = node['Fn::Sub'];
  if (text) for (const id of namesIn(Array.isArray(text) ? text[0] : text)) found.add(id);
  for (const child of Object.values(node)) idsIn(child, found);
  return found;
}

function namesIn(text) {
  return [...text.matchAll(/\$\{([A-Za-z0-9]+)(\.[A-Za-z0-9.]+)?\}/g)].map(([, id]) => id);
}

module.exports = { idsIn };
