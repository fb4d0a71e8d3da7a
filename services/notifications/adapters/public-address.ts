import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** The host is, or its name leads to, an address that is not for everybody: our own network, the metadata service. */
export class AddressRefused extends Error {
  override name = 'AddressRefused';
}

/** All that is given out of IPv6; an IPv4 address written as `::7f00:1` lies outside and is no special range to the library. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/** `unicast` is what is left when every special range is taken away; an IPv4 address in IPv6 clothes counts as itself. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  const isGiven = !(parsed instanceof ipaddr.IPv6) || parsed.match(GLOBAL_UNICAST);
  return isGiven && parsed.range() === 'unicast';
}

/** `[::1]` of a URL is `::1`. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');

type Callback = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/**
 * What a connection resolves its host by: the addresses that are checked are the ones that are connected to, so that a
 * name cannot lead elsewhere between the two. One address that is not public refuses the whole name.
 */
export function publicLookup(host: string, options: LookupOptions, callback: Callback): void {
  lookup(host, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '');
    if (addresses.length === 0 || !addresses.every(({ address }) => isPublicAddress(address)))
      return callback(new AddressRefused('The name leads to an address that is not public'), '');
    const [first] = addresses as [LookupAddress];
    return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
  });
}

/** A host that is an address is never looked up. @throws AddressRefused */
export function refusePrivateHost(url: URL): void {
  const host = hostOf(url);
  if (isIP(host) && !isPublicAddress(host)) throw new AddressRefused('The address is not public');
}
