/** What a page of another origin tries with a service, as its own script would; each runs inside the page. */
import type { Page } from 'playwright-core';

/** What came of it: what the page could see, or the kind of error that the browser made of it. */
export type Result = Record<string, unknown>;

export interface Target {
  /** Of the service, like `http://127.0.0.1:4000`. */
  readonly url: string;
  /** A PNG, in base64. */
  readonly image: string;
  readonly key?: string;
}

/** A query as JSON. */
export function query(page: Page, target: Target, text = '{ __typename }'): Promise<Result> {
  return page.evaluate(
    async ({ url, key, text }) => {
      try {
        const response = await fetch(`${url}/graphql`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            ...(key !== undefined && { authorization: `Bearer ${key}` }),
          },
          body: JSON.stringify({ query: text }),
        });
        const authenticate = response.headers.get('www-authenticate');
        return { status: response.status, body: await response.json(), authenticate };
      } catch (error) {
        return { error: (error as Error).name };
      }
    },
    { ...target, text },
  );
}

/** A multipart upload to find the road, with the header that a page must ask leave for or without. */
export function upload(page: Page, target: Target, asksLeave = true): Promise<Result> {
  return page.evaluate(
    async ({ url, image, asksLeave }) => {
      const query =
        'mutation ($f: Upload!) { segmentRoad(image: { upload: $f }) { mask { url width height } } }';
      const form = new FormData();
      form.set('operations', JSON.stringify({ query, variables: { f: null } }));
      form.set('map', '{"0":["variables.f"]}');
      form.set('0', new Blob([Uint8Array.from(atob(image), (letter) => letter.charCodeAt(0))]), 'a.png');
      try {
        const headers = asksLeave ? { 'apollo-require-preflight': 'true' } : {};
        const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: form });
        return { status: response.status, body: await response.json() };
      } catch (error) {
        return { error: (error as Error).name };
      }
    },
    { ...target, asksLeave },
  );
}

/** The first answer of a subscription, or how the socket was closed. */
export function subscription(page: Page, target: Target, jobId: string): Promise<Result> {
  return page.evaluate(
    ({ url, key, jobId }) =>
      new Promise<Result>((resolve) => {
        const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
        const say = (message: object) => socket.send(JSON.stringify(message));
        socket.onopen = () =>
          say({
            type: 'connection_init',
            payload: key === undefined ? {} : { authorization: `Bearer ${key}` },
          });
        socket.onmessage = ({ data }) => {
          const message = JSON.parse(String(data)) as { type: string; payload: unknown };
          const query = 'subscription ($id: ID!) { jobUpdated(id: $id) { id } }';
          if (message.type === 'connection_ack') {
            say({ type: 'subscribe', id: '1', payload: { query, variables: { id: jobId } } });
          } else {
            resolve({ payload: message.payload });
            socket.close();
          }
        };
        socket.onclose = ({ code }) => resolve({ closed: code });
      }),
    { ...target, jobId },
  );
}

/** A REST route. @param type of the body; `''` for none, which a browser sends without asking leave */
export function rest(
  page: Page,
  target: Target,
  type = 'application/json',
  image = target.image,
): Promise<Result> {
  return page.evaluate(
    async ({ url, image, type }) => {
      try {
        const body = new Blob([JSON.stringify({ image })], { type });
        const response = await fetch(`${url}/classify_image`, { method: 'POST', body });
        return { status: response.status, body: await response.json() };
      } catch (error) {
        return { error: (error as Error).name };
      }
    },
    { ...target, type, image },
  );
}

/** The size of an image, and its pixel in the middle as read back from a canvas. */
export function canvas(page: Page, address: string): Promise<Result> {
  // As text, because the names of a document are strangers to this side.
  return page.evaluate(`new Promise((resolve) => {
    const image = new Image();
    image.crossOrigin = 'anonymous';
    image.onerror = () => resolve({ error: 'not loaded' });
    image.onload = () => {
      const { naturalWidth: width, naturalHeight: height } = image;
      const context = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d');
      context.drawImage(image, 0, 0);
      resolve({ width, height, pixel: [...context.getImageData(width >> 1, height >> 1, 1, 1).data] });
    };
    image.src = ${JSON.stringify(address)};
  })`);
}

/** A file: what the page sees of it. */
export function file(page: Page, address: string, headers: Record<string, string> = {}): Promise<Result> {
  return page.evaluate(
    async ({ address, headers }) => {
      try {
        const response = await fetch(address, { headers });
        const header = (name: string) => response.headers.get(name);
        const { byteLength: bytes } = await response.arrayBuffer();
        return { status: response.status, bytes, etag: header('etag'), range: header('content-range') };
      } catch (error) {
        return { error: (error as Error).name };
      }
    },
    { address, headers },
  );
}
