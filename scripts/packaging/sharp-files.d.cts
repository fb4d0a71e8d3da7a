/** `linux-arm64`, as sharp names the machine of a function. */
export const LAMBDA: string;
export function thisMachine(): string;
export function binariesFor(machine: string): string[];
export const onLambda: string[];
export const onThisMachine: string[];
