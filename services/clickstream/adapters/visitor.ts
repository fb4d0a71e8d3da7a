import Bowser from 'bowser';
import { isbot } from 'isbot';
import { DEVICES, type Device } from '../domain/click';

/** Native apps and the shop's own servers say what library they call with; isbot takes those for robots. */
const OWN_CLIENTS = /^(okhttp|node|undici)\b/i;

const deviceOf = (userAgent: string): Device => {
  const type = userAgent && Bowser.getParser(userAgent).getPlatformType(true);
  return DEVICES.find((device) => device === type) ?? 'unknown';
};

/** Host of the page that a click came from; its path is nobody's business. */
function hostOf(referer: string | undefined): string | undefined {
  const host = referer && URL.canParse(referer) ? new URL(referer).hostname : '';
  return host !== '' && host.length <= MAX_HOST ? host : undefined;
}

/** RFC 1035, 2.3.4. */
const MAX_HOST = 253;

/** A user agent of real browsers has 200 characters; the regular expressions behind this shall not see more. */
const MAX_USER_AGENT = 512;

/** What is kept of a visitor's headers. The address they come from is not looked at. */
export function visitorOf(headers: Record<string, string | undefined>) {
  const userAgent = (headers['user-agent'] ?? '').slice(0, MAX_USER_AGENT);
  return {
    isBot: isbot(userAgent) && !OWN_CLIENTS.test(userAgent),
    device: deviceOf(userAgent),
    referrer: hostOf(headers.referer),
    // https://www.w3.org/TR/gpc/#the-sec-gpc-header-field-for-http-requests
    optedOut: headers['sec-gpc'] === '1',
  };
}
