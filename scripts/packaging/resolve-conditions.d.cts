interface Template {
  Conditions?: object;
  Resources: object;
  Outputs?: object;
}

/** Changes the template in place. */
export function resolveConditions(template: Template): void;

/** @param before the resources as they were @returns "A refers to B" for each B that is left out */
export function danglingReferences(before: object, after: Template): string[];
