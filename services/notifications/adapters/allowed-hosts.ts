/** Hosts that webhooks may go to although they are private, by a comma between them; none but where tests run. */
export const allowedHostsOf = (list: string): string[] => list.split(',').filter(Boolean);
