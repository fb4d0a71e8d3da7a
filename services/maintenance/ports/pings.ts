export interface Pings {
  /** Resolves once the function's environment is there. */
  ping(functionKey: string): Promise<void>;
}
