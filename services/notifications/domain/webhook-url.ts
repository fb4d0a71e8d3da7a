/** Why a URL cannot be an endpoint, as far as it says so itself; its name is resolved when it is written to. */
export function urlFault(url: string, allowedHosts: readonly string[]): string | undefined {
  if (!URL.canParse(url)) return 'This is no absolute URL.';
  const { protocol, username, password, hostname, hash } = new URL(url);
  if (username || password) return 'A URL with a user name or password is not taken.';
  if (hash) return 'A URL with a fragment is not taken.';
  if (allowedHosts.includes(hostname)) return undefined;
  return protocol === 'https:' ? undefined : 'Only https is taken.';
}
