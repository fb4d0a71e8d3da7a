export interface Address {
  name: string;
  line1: string;
  line2?: string;
  city: string;
  postalCode: string;
  country: string;
}

export interface Device {
  id: string;
  platform: 'apns' | 'fcm';
  /** What the platform calls this app on this device. */
  token: string;
}

type ByKind = Record<string, boolean>;

/** By channel and kind of message; what is not said is wanted. */
export interface Preferences {
  email?: ByKind;
  sms?: ByKind;
  push?: ByKind;
}

export interface Account {
  /** The `sub` of the customer's tokens. */
  customerId: string;
  addresses: Address[];
  preferences: Preferences;
  devices: Device[];
  /** 0 until its owner says something for the first time. */
  version: number;
  updatedAt?: string;
}

export interface AccountChange {
  addresses?: Address[];
  preferences?: Preferences;
  devices?: (Omit<Device, 'id'> & { id?: string })[];
}

export const newAccount = (customerId: string): Account => ({
  customerId,
  addresses: [],
  preferences: {},
  devices: [],
  version: 0,
});

/** A device by its token is the same device, so that an app may send its token at each start. */
function devicesOf(
  account: Account,
  wanted: NonNullable<AccountChange['devices']>,
  newId: () => string,
): Device[] {
  const byToken = new Map<string, Device>();
  for (const { id, platform, token } of wanted) {
    const known = account.devices.find((device) => device.token === token && device.platform === platform);
    byToken.set(`${platform} ${token}`, { id: id ?? known?.id ?? newId(), platform, token });
  }
  return [...byToken.values()];
}

/** The devices that the account had and has no more. */
export const dropped = (before: Account, after: Account): Device[] =>
  before.devices.filter(
    ({ platform, token }) =>
      !after.devices.some((device) => device.platform === platform && device.token === token),
  );

/** A part that is given takes the place of the old one; preferences only in the channels that are given. */
export function change(account: Account, wanted: AccountChange, at: string, newId: () => string): Account {
  return {
    ...account,
    addresses: wanted.addresses ?? account.addresses,
    preferences: { ...account.preferences, ...wanted.preferences },
    devices: wanted.devices ? devicesOf(account, wanted.devices, newId) : account.devices,
    version: account.version + 1,
    updatedAt: at,
  };
}

/** The account without a device that is no more; the same account when it has another token by now. */
export function forget(account: Account, deviceId: string, token: string, at: string): Account {
  const devices = account.devices.filter((device) => device.id !== deviceId || device.token !== token);
  if (devices.length === account.devices.length) return account;
  return { ...account, devices, version: account.version + 1, updatedAt: at };
}
