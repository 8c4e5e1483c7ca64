import { Router, type Request, type Response } from 'express';
import type { Keyring } from '../../auth/keyring.js';
import type { ReportDefect } from '../../service/public-fault.js';
import type { Context, Services } from '../../service/services.js';
import { REST_PATHS } from '../../routes.js';
import { authenticate } from '../authenticate.js';
import { requestContext } from '../context.js';
import { readJson } from '../json-body.js';
import { timeLimit } from '../time-limit.js';
import { classifyImage } from './classify-image.js';
import { objectDetection } from './object-detection.js';
import { readRestBody, type RestBody } from './rest-body.js';
import { restErrors } from './rest-errors.js';
import { roadSegmentation } from './road-segmentation.js';
import { superResolution } from './super-resolution.js';

export interface RestOptions {
  readonly services: Services;
  readonly keyring: Keyring | undefined;
  readonly report: ReportDefect;
  /** What clients reach the service by, without a slash at its end; '' where nobody has said. */
  readonly publicUrl: string;
  readonly uploadBytes: number;
  readonly requestTimeoutMs: number;
}

type Answer = (asked: RestBody, query: Request['query'], context: Context) => Promise<object>;

const ROUTES: Readonly<Record<(typeof REST_PATHS)[number], Answer>> = {
  '/classify_image': classifyImage,
  '/road_segmentation': roadSegmentation,
  '/super_resolution': superResolution,
  '/object_detection': objectDetection,
};

/**
 * The routes of the earlier Flask service: its clients send `{"image": <base64>}` and read the same members as
 * before. New clients use GraphQL, which can do more.
 */
export function restRoutes({
  services,
  keyring,
  report,
  publicUrl,
  uploadBytes,
  requestTimeoutMs,
}: RestOptions): Router {
  const router = Router();
  const readBody = readJson(uploadBytes);
  const failed = restErrors(report);
  const inTime = timeLimit(requestTimeoutMs, ({ message }, response) => {
    response.status(408).json({ message });
  });
  for (const path of REST_PATHS) {
    const handle = async (request: Request, response: Response) => {
      const context = requestContext(services, { request, response });
      response.json(await ROUTES[path](readRestBody(request.body), request.query, context));
    };
    router.post(path, inTime, authenticate(keyring), readBody, handle, failed);
    router.all(path, (_request, response) => {
      response
        .set('Allow', 'POST')
        .status(405)
        .json({ message: `Expected POST ${publicUrl}${path} with a JSON body.` });
    });
  }
  return router;
}
