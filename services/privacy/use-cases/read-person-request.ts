import { type Refusal, refuse } from '../../../shared/kernel/refusal';
import type { PersonRequest } from '../domain/person-request';
import type { ShowsExportFiles } from '../ports/keepers';
import type { FindsRequests } from '../ports/person-requests';

export interface ShownRequest {
  row: PersonRequest;
  files: { name: string; url: string }[];
}

/** How far a request has come; a finished export with a link to each of its files. */
export async function readPersonRequest(
  { requests, files }: { requests: FindsRequests; files: ShowsExportFiles },
  id: string,
): Promise<ShownRequest | Refusal> {
  const row = await requests.get(id);
  if (!row) return refuse('NOT_FOUND', 'There is no such request.');
  const ready = row.status === 'DONE' ? row.files : [];
  return {
    row,
    files: await Promise.all(
      ready.map(async (file) => ({ name: file.split('/').at(-1) ?? file, url: await files.link(file) })),
    ),
  };
}
