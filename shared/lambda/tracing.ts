import type AWSXRay from 'aws-xray-sdk-core';

/**
 * The one place that knows the tracer. aws-xray-sdk-core is loaded at the first sampled invocation only: it costs 17 ms
 * of a cold start, and an unsampled call pays nothing.
 */
type XRay = typeof AWSXRay;
let loaded: Promise<XRay> | undefined;

const load = (): Promise<XRay> => {
  loaded ??= import('aws-xray-sdk-core').then(({ default: xray }) => {
    xray.setContextMissingStrategy('IGNORE_ERROR');
    return xray;
  });
  return loaded;
};

/** Lambda sets the header anew for each invocation: https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html */
export const sampled = (): boolean => (process.env._X_AMZN_TRACE_ID ?? '').includes('Sampled=1');

export interface Span {
  annotate(annotations: Record<string, string>): void;
}

/** Runs `work` as a subsegment of the function's trace; an error closes it as failed and goes on. */
export async function span<T>(
  name: string,
  work: (span: Span) => Promise<T>,
  remote?: Record<string, unknown>,
): Promise<T> {
  if (!sampled()) return work({ annotate: () => undefined });
  const xray = await load();
  return xray.captureAsyncFunc(name, async (segment) => {
    if (remote && segment) {
      segment.namespace = 'aws';
      segment.addAttribute('aws', remote);
    }
    try {
      return await work({
        annotate: (annotations) => {
          for (const [key, value] of Object.entries(annotations)) segment?.addAnnotation(key, value);
        },
      });
    } catch (error) {
      segment?.addError(error instanceof Error ? error : String(error));
      throw error;
    } finally {
      if (!segment?.isClosed()) segment?.close();
    }
  });
}
