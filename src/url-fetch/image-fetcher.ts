import { Agent, request, type Dispatcher } from 'undici';
import { CodedError } from '../errors.js';
import { readBody, tooLarge } from './body.js';
import { DeadlineError, withDeadline } from '../platform/deadline.js';
import { pinnedLookup, resolveBySystem, type Resolve } from './guarded-lookup.js';
import { exemptHost, judgeUrl, parseUrl, type UrlVerdict } from './url-policy.js';

export interface ImageFetchPolicy {
  /** Limit of the picture in bytes, after any content encoding is undone. */
  readonly maxBytes: number;
  /** Milliseconds for the whole download, redirects included. */
  readonly timeoutMs: number;
  readonly maxRedirects: number;
  /** `host:port` that may be private and on any port: an operator's own object store. */
  readonly exemptHosts: readonly string[];
}

export interface ImageFetcher {
  /**
   * Downloads an image that a user named by its address.
   *
   * @throws CodedError URL_FORBIDDEN, IMAGE_FETCH_FAILED, IMAGE_TOO_LARGE, or BAD_USER_INPUT when it is no address
   * @throws the signal's reason when it is aborted
   */
  fetch(url: URL | string, signal?: AbortSignal): Promise<Uint8Array>;
  /** Ends all connections; downloads still running fail. */
  close(): Promise<void>;
}

type ResponseData = Dispatcher.ResponseData;

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const HEADERS = { accept: 'image/*, */*;q=0.5', 'accept-encoding': 'identity', 'user-agent': 'okulo' };

/**
 * The download for addresses given by strangers: it reaches public hosts only, whatever the address, the name
 * servers and the redirects on the way say.
 *
 * @param resolve the name resolver; the operating system's unless another is given
 * @throws CodedError BAD_USER_INPUT when an exempt host is not `host:port`
 */
export function createImageFetcher(
  policy: ImageFetchPolicy,
  resolve: Resolve = resolveBySystem,
): ImageFetcher {
  const exemptHosts = new Set(policy.exemptHosts.map(exemptHost));
  // Apart, because a socket's lookup knows the host but not the port, and an exemption is for one port.
  const agents: Readonly<Record<UrlVerdict, Agent>> = {
    guarded: createAgent(resolve, true, policy.timeoutMs),
    exempt: createAgent(resolve, false, policy.timeoutMs),
  };

  const follow = async (start: URL, signal: AbortSignal): Promise<Uint8Array> => {
    let url = start;
    for (let redirects = 0; redirects <= policy.maxRedirects; redirects += 1) {
      const dispatcher = agents[judgeUrl(url, exemptHosts)];
      const response = await request(url, { dispatcher, signal, headers: HEADERS });
      if (!REDIRECTS.has(response.statusCode)) return await readImage(response, policy.maxBytes);
      discard(response);
      url = redirectTarget(response, url);
    }
    throw failed(
      `The image's address redirects more than ${policy.maxRedirects} times. Give the last address.`,
    );
  };

  return {
    async fetch(address, signal) {
      const url = typeof address === 'string' ? parseUrl(address) : address;
      try {
        return await withDeadline(policy.timeoutMs, signal, (both) => follow(url, both));
      } catch (error) {
        signal?.throwIfAborted();
        throw explain(error, policy.timeoutMs);
      }
    },
    async close() {
      await Promise.all([agents.guarded.destroy(), agents.exempt.destroy()]);
    },
  };
}

function createAgent(resolve: Resolve, guarded: boolean, timeoutMs: number): Agent {
  // The deadline covers every phase; undici's own timeouts, 10 s to 5 min, only must not undercut it.
  return new Agent({
    connect: { lookup: pinnedLookup(resolve, guarded), timeout: timeoutMs },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
}

async function readImage(response: ResponseData, maxBytes: number): Promise<Uint8Array> {
  const { statusCode, headers, body } = response;
  if (statusCode < 200 || statusCode > 299) {
    discard(response);
    throw failed(
      `The image's server answered with status ${statusCode}. Check that the address is open to all.`,
      {
        facts: { status: statusCode },
      },
    );
  }
  if (Number(single(headers['content-length'])) > maxBytes) {
    discard(response);
    throw tooLarge(maxBytes);
  }
  return await readBody(body, single(headers['content-encoding']), maxBytes);
}

function redirectTarget(response: ResponseData, from: URL): URL {
  const location = single(response.headers.location);
  if (location === '' || !URL.canParse(location, from.href)) {
    throw failed(`The image's server redirects (status ${response.statusCode}) without a usable address.`);
  }
  return new URL(location, from);
}

/** Ends the connection under a body that nobody will read. */
function discard({ body }: ResponseData): void {
  body.on('error', () => undefined).destroy();
}

function single(header: string | string[] | undefined): string {
  return (Array.isArray(header) ? header[0] : header) ?? '';
}

function explain(error: unknown, timeoutMs: number): CodedError {
  if (error instanceof CodedError) return error;
  if (error instanceof DeadlineError) {
    return failed(`The image did not arrive within ${timeoutMs} ms. Try again, or send the image itself.`);
  }
  // What went wrong below (refused, reset, a name that is unknown, a certificate) stays in the log: it maps networks.
  return failed(
    "The image's server could not be reached, or closed the connection. Check the address and try again.",
    {
      cause: error,
    },
  );
}

function failed(message: string, options: ConstructorParameters<typeof CodedError>[2] = {}): CodedError {
  return new CodedError('IMAGE_FETCH_FAILED', message, options);
}
