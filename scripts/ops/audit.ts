import { Command } from 'commander';
import { day } from './arguments';
import { staffApi } from './staff-api';
import { table } from './table';

export const auditCommand = (): Command =>
  new Command('audit')
    .description('what staff did on a day (UTC), newest first')
    .argument('[date]', 'such as 2026-11-21; today unless given', day, new Date().toISOString().slice(0, 10))
    .option('--all', 'every page')
    .action(async (date, { all }, self) => {
      const api = await staffApi(self);
      const rows: Record<string, unknown>[] = [];
      let cursor: string | undefined;
      do {
        const page = await api.call(
          `GET /staff/audit?date=${date}&limit=100${cursor ? `&cursor=${cursor}` : ''}`,
        );
        rows.push(...page.items);
        cursor = page.nextCursor;
      } while (all && cursor);
      console.log(table(rows, ['at', 'action', 'target', 'actor', 'correlationId']));
      if (cursor) console.log('There is more: --all');
    });
