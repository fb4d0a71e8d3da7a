import { type Clock, iso } from '../../../shared/kernel/time';
import type { Backups, Users } from '../ports/backup';

/** The users of the pool as lines of JSON, a file a page, and who of them is staff. Twice a day: the same files again. */
export async function backUpUsers({
  users,
  backups,
  clock,
}: {
  users: Users;
  backups: Backups;
  clock: Clock;
}) {
  const day = iso(clock()).slice(0, 10);
  let count = 0;
  let files = 0;
  let token: string | undefined;
  do {
    const page = await users.page(token);
    await backups.keep(`${day}/${String(files).padStart(6, '0')}`, page.users);
    count += page.users.length;
    files += 1;
    token = page.token;
  } while (token);
  const staff = await users.staff();
  await backups.keep(`${day}/staff`, [{ group: 'staff', usernames: staff }]);
  return { day, users: count, staff: staff.length, files: files + 1 };
}
