/** Fetching files. A worker can use this too: it needs no document. */

/**
 * Fetches a file, and rejects with an error if the server does not deliver it.
 *
 * @param {string | URL} url
 * @param {RequestInit & { optional?: boolean }} [options] `optional`: a file that does not exist (404 or 410) gives null
 * @returns {Promise<Response | null>}
 */
export async function fetchFile(url, { optional = false, ...options } = {}) {
  const response = await fetch(url, options);
  if (optional && (response.status === 404 || response.status === 410)) return null;
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response;
}

/**
 * @param {string | URL} url
 * @param {RequestInit} [options]
 * @returns {Promise<any>}
 */
export async function fetchJson(url, options) {
  return (await fetchFile(url, options)).json();
}
