import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { SECOND } from '../kernel/time';
import { currentInvocation } from '../lambda/invocation';

const MAX_SOCKETS = 50;

/** Every call ends with the invocation's deadline, whether or not its caller thought of it. */
class DeadlineHttpHandler extends NodeHttpHandler {
  override handle(
    ...[request, options]: Parameters<NodeHttpHandler['handle']>
  ): ReturnType<NodeHttpHandler['handle']> {
    const abortSignal = options?.abortSignal ?? currentInvocation()?.signal;
    return super.handle(request, abortSignal ? { ...options, abortSignal } : options);
  }
}

/**
 * Connect 1 s, answer 3 s, three tries in all, with the SDK's jittered backoff: within any deadline of ours.
 * Connections are kept between invocations, since a TLS handshake costs more than the call.
 */
export const clientConfig = ({ keepAlive } = { keepAlive: true }) => ({
  maxAttempts: 3,
  requestHandler: new DeadlineHttpHandler({
    connectionTimeout: SECOND,
    requestTimeout: 3 * SECOND,
    throwOnRequestTimeout: true,
    httpAgent: new HttpAgent({ keepAlive, maxSockets: MAX_SOCKETS }),
    httpsAgent: new HttpsAgent({ keepAlive, maxSockets: MAX_SOCKETS }),
  }),
});
