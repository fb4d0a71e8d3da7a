export interface OrderVersions {
  /** The version of the order as it is now; undefined where there is none. */
  versionOf(orderId: string): Promise<number | undefined>;
}
