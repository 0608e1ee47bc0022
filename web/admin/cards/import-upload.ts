/** Sends a card file as it is. fetch() cannot tell how much has gone out, so this is an XMLHttpRequest. */
import type { ImportReport } from '../../../contract/card.ts';
import type { Problem } from '../../../contract/common.ts';
import type { ProblemCode } from '../../../contract/problems.ts';
import { ApiProblem } from '../../ui/request-json.ts';
import { csrfHeader } from '../api.ts';
import { searchText } from '../search-text.ts';

export interface Upload {
  skuId: number;
  separator: string;
  source: string;
  cards: Blob;
}

export function uploadCards(
  { skuId, separator, source, cards }: Upload,
  onSent: (share: number) => void,
  signal: AbortSignal,
): Promise<ImportReport> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const query = `${searchText({ skuId, source })}&separator=${encodeURIComponent(separator)}`;
    request.open('POST', `/api/admin/v1/cards/import${query}`);
    request.setRequestHeader('content-type', 'text/plain');
    for (const [name, value] of Object.entries(csrfHeader())) request.setRequestHeader(name, value);
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onSent(total === 0 ? 1 : loaded / total);
    request.onload = () => {
      if (request.status === 200) resolve(request.response as ImportReport);
      else reject(problemOf(request.status, request.response as Partial<Problem> | null));
    };
    request.onerror = () => reject(new ApiProblem('network', 0));
    request.onabort = () => reject(signal.reason);
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(cards);
  });
}

function problemOf(status: number, problem: Partial<Problem> | null): ApiProblem {
  return new ApiProblem((problem?.code as ProblemCode | undefined) ?? 'internal', status, problem ?? {});
}
