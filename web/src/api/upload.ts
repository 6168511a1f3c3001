/** Hands a file in. `fetch` cannot say how far it is; the older way can. */
import { BASE, Problem, problemOf } from './client';

export interface FileReceipt {
  hash: string;
  name?: string | null;
  bytes: number;
}
export interface Upload {
  receipt: Promise<FileReceipt>;
  /** Stops it; the receipt is then refused with the code `stopped`. */
  stop: () => void;
}

/** Sends the file as it is. `told` hears of progress, from 0 to 1. */
export function upload(path: string, file: Blob, told: (share: number) => void): Upload {
  const request = new XMLHttpRequest();
  const receipt = new Promise<FileReceipt>((resolve, reject) => {
    request.open('POST', BASE + path);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) => told(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const answer = () => new Response(request.responseText, { status: request.status, statusText: request.statusText });
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText) as FileReceipt);
      else problemOf(answer()).then(reject, reject);
    };
    request.onerror = () => reject(new Problem('unreachable', 0, ''));
    request.onabort = () => reject(new Problem('stopped', 0, ''));
    request.send(file);
  });
  return { receipt, stop: () => request.abort() };
}
