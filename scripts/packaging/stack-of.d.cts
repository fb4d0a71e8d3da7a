interface Resource {
  Type: string;
  Properties?: object;
}

/** @returns the service whose nested stack holds a logical id, or `root`; throws where nobody owns it */
export function placer(template: {
  resources: Record<string, Resource>;
  /** The logical id of each function → its handler path. */
  handlers: Record<string, string>;
  /** Logical id → the service that declares it, or `root`. */
  declared: Record<string, string>;
}): (logicalId: string) => string;
