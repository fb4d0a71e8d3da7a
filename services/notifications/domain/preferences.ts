import type { Channel } from './message';
import type { OrderMailKind } from './order-mail';

type ByKind = Partial<Record<string, boolean>>;

/** What a customer wants to hear of, and how. What is not said is wanted. */
export interface Preferences {
  email?: ByKind;
  sms?: ByKind;
  push?: ByKind;
}

export interface Device {
  id: string;
  platform: 'apns' | 'fcm';
  token: string;
}

export interface Settings {
  preferences: Preferences;
  devices: Device[];
}

/** Of a guest, and of a customer who never changed anything. */
export const NO_SETTINGS: Settings = { preferences: {}, devices: [] };

/** Asked for by the customer a moment ago: there is nothing to switch off. */
const ALWAYS: readonly OrderMailKind[] = ['order-link'];

export const isWanted = (
  { preferences }: Settings,
  channel: Exclude<Channel, 'webhook'>,
  kind: OrderMailKind,
): boolean => ALWAYS.includes(kind) || preferences[channel]?.[kind] !== false;
