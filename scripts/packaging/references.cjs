/** The logical ids a piece of a template refers to by Ref, Fn::GetAtt or Fn::Sub. */
function idsIn(node) {
  const found = new Set();
  const visit = (part) => {
    if (typeof part !== 'object' || part === null) return;
    for (const id of named(part)) found.add(id);
    Object.values(part).forEach(visit);
  };
  visit(node);
  return found;
}

function named({ Ref, 'Fn::GetAtt': attribute, 'Fn::Sub': text }) {
  if (typeof Ref === 'string') return [Ref];
  if (attribute) return [Array.isArray(attribute) ? attribute[0] : attribute.split('.')[0]];
  if (text) return namesIn(Array.isArray(text) ? text[0] : text);
  return [];
}

function namesIn(text) {
  return [...text.matchAll(/\$\{([A-Za-z0-9]+)(\.[A-Za-z0-9.]+)?\}/g)].map(([, id]) => id);
}

module.exports = { idsIn };
