import {
  CreatePlatformEndpointCommand,
  DeleteEndpointCommand,
  PublishCommand,
  type SNSClient,
} from '@aws-sdk/client-sns';
import type { Note } from '../domain/order-mail';
import type { Device } from '../domain/preferences';
import { type ForgetsDevices, NotPosted, type Posted, type Pusher } from '../ports/sending';
import { type ProviderError, postingFault } from './posting-fault';

type Platform = Device['platform'];

/** The app was removed, or the device has another token by now. */
const GONE = new Set(['EndpointDisabledException', 'EndpointDisabled', 'NotFoundException', 'NotFound']);

/** A token that the platform cannot read is no device of anybody's. */
const BAD_TOKEN = new Set(['InvalidParameterException', 'InvalidParameter']);

const nameOf = (error: unknown): string => (error as ProviderError).name ?? 'Unknown';

/** What each platform takes: https://docs.aws.amazon.com/sns/latest/dg/sns-send-custom-platform-specific-payloads-mobile-devices.html */
function payloadOf({ title, text }: Note, orderId: string): string {
  const apns = JSON.stringify({ aps: { alert: { title, body: text }, 'thread-id': orderId }, orderId });
  return JSON.stringify({
    default: `${title}. ${text}`,
    APNS: apns,
    APNS_SANDBOX: apns,
    GCM: JSON.stringify({
      fcmV1Message: { message: { notification: { title, body: text }, data: { orderId } } },
    }),
  });
}

export class SnsPusher implements Pusher, ForgetsDevices {
  constructor(
    private readonly client: SNSClient,
    /** ARNs of the platform applications; an empty one is a platform that is not set up. */
    private readonly applications: Record<Platform, string>,
  ) {}

  serves = (platform: Platform): boolean => this.applications[platform] !== '';

  async post(device: Device, orderId: string, note: Note): Promise<Posted | { gone: true; reason: string }> {
    const endpoint = await this.register(device);
    if ('gone' in endpoint) return endpoint;
    try {
      const { MessageId } = await this.client.send(
        new PublishCommand({
          TargetArn: endpoint.arn,
          MessageStructure: 'json',
          Message: payloadOf(note, orderId),
        }),
      );
      return { accepted: true, providerId: MessageId ?? 'unknown' };
    } catch (error) {
      if (!GONE.has(nameOf(error))) throw postingFault(error as ProviderError);
      await this.client.send(new DeleteEndpointCommand({ EndpointArn: endpoint.arn }));
      return { gone: true, reason: 'DEVICE_GONE' };
    }
  }

  /** What SNS knows of a device is found by its token and deleted; a token that is no more has nothing to delete. */
  async forget(device: Device): Promise<void> {
    const endpoint = await this.register(device);
    if ('arn' in endpoint) await this.client.send(new DeleteEndpointCommand({ EndpointArn: endpoint.arn }));
  }

  /** The same token gets the same endpoint, so nothing of it is kept here: the first message registers the device. */
  private async register(device: Device): Promise<{ arn: string } | { gone: true; reason: string }> {
    try {
      const { EndpointArn } = await this.client.send(
        new CreatePlatformEndpointCommand({
          PlatformApplicationArn: this.applications[device.platform],
          Token: device.token,
        }),
      );
      return { arn: EndpointArn ?? '' };
    } catch (error) {
      if (BAD_TOKEN.has(nameOf(error))) return { gone: true, reason: 'TOKEN_REFUSED' };
      throw new NotPosted(`Not registered: ${nameOf(error)}`);
    }
  }
}
