/** A file that must be asked for by POST, so that what it holds stands in no address: fetched, then handed to the browser. */
import { readProblem } from '../ui/request-json.ts';
import { csrfHeader } from './api.ts';

export async function download(path: string, body: unknown): Promise<void> {
  const response = await fetch(`/api/admin/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...csrfHeader() },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw await readProblem(response);
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'download';
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken hold of it by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
