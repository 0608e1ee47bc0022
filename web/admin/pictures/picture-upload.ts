/** Sends a picture as it is; the shop makes of it what pages need. */
import { maxPictureBytes, type PictureReply, type PictureView, pictureTypes } from '../../../contract/pictures.ts';
import { ApiProblem, readProblem } from '../../ui/request-json.ts';
import { csrfHeader } from '../api.ts';

export const pictureAccept = pictureTypes.join(',');

export type FileFault = 'tooLarge' | 'notPicture';

/** What can be told without sending it. */
export function fileFault(file: File): FileFault | undefined {
  if (!(pictureTypes as readonly string[]).includes(file.type)) return 'notPicture';
  return file.size > maxPictureBytes ? 'tooLarge' : undefined;
}

const timeoutMs = 120_000;

export async function uploadPicture(file: File): Promise<PictureView> {
  const response = await fetch('/api/admin/v1/pictures', {
    method: 'POST',
    headers: { 'content-type': file.type, accept: 'application/json', ...csrfHeader() },
    body: file,
    signal: AbortSignal.timeout(timeoutMs),
  }).catch(() => {
    throw new ApiProblem('network', 0);
  });
  if (!response.ok) throw await readProblem(response);
  return ((await response.json()) as PictureReply).picture;
}
