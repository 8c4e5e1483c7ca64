import { Router, type Request, type Response } from 'express';
import type { Keyring } from '../../auth/keyring.js';
import type { Task } from '../../convert/parsers/parsers.js';
import type { TellOperation } from '../../observability/operation-record.js';
import { COST } from '../../service/costs.js';
import type { ReportDefect } from '../../service/public-fault.js';
import type { Context, Services } from '../../service/services.js';
import { REST_PATHS, routeName } from '../../routes.js';
import { authenticate } from '../authenticate.js';
import { requestContext } from '../context.js';
import { readJson } from '../json-body.js';
import { recordOf, recordOperations } from '../request-log.js';
import { timeLimit } from '../time-limit.js';
import { classifyImage } from './classify-image.js';
import { objectDetection } from './object-detection.js';
import { readRestBody, type RestBody } from './rest-body.js';
import { restErrors } from './rest-errors.js';
import { roadSegmentation } from './road-segmentation.js';
import { superResolution } from './super-resolution.js';

export interface RestOptions {
  /** Routes of other tasks are not there. */
  readonly tasks: readonly Task[];
  readonly services: Services;
  readonly keyring: Keyring | undefined;
  readonly report: ReportDefect;
  readonly tell: TellOperation;
  /** What clients reach the service by, without a slash at its end; '' where nobody has said. */
  readonly publicUrl: string;
  readonly uploadBytes: number;
  readonly requestTimeoutMs: number;
}

type Answer = (asked: RestBody, query: Request['query'], context: Context) => Promise<object>;

interface Route {
  readonly task: Task;
  readonly answer: Answer;
  /** In points, as the same work costs by GraphQL. */
  readonly cost: number;
}

const ROUTES: Readonly<Record<(typeof REST_PATHS)[number], Route>> = {
  '/classify_image': { task: 'CLASSIFY', answer: classifyImage, cost: COST.model },
  '/road_segmentation': {
    task: 'SEGMENT_ROAD',
    answer: roadSegmentation,
    cost: COST.model + COST.image,
  },
  '/super_resolution': { task: 'SUPER_RESOLVE', answer: superResolution, cost: COST.job },
  '/object_detection': { task: 'DETECT_OBJECTS', answer: objectDetection, cost: COST.model },
};

/**
 * The routes of the earlier Flask service: its clients send `{"image": <base64>}` and read the same members as
 * before. New clients use GraphQL, which can do more.
 */
export function restRoutes({
  services,
  tasks,
  keyring,
  report,
  tell,
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
    const { task, answer, cost } = ROUTES[path];
    if (!tasks.includes(task)) continue;
    const handle = async (request: Request, response: Response) => {
      recordOf(response)?.note({ cost });
      const context = requestContext(services, { request, response });
      response.json(await answer(readRestBody(request.body), request.query, context));
    };
    router.all(path, recordOperations(tell, 'rest', { operation: routeName(path) }));
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
