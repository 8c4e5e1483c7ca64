import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import {
  ModelsDocument,
  ModelUpdatedDocument,
  PrepareModelDocument,
  type ModelsQuery,
  type ModelUpdatedSubscription,
} from '../../../client/operations.js';
import { answerOf, type Action } from '../service/action.js';
import { hasApiKey } from '../service/api-key.js';
import { problemOf, type Problem } from '../service/problem.js';
import { useAction } from '../service/use-action.js';
import { useService } from '../service/use-service.js';

export type ModelInfo = ModelsQuery['models'][number];

type News = Partial<ModelUpdatedSubscription['modelUpdated']> & { readonly id: string };

export interface UsedModels {
  /** Empty until they are known. */
  readonly models: readonly ModelInfo[];
  /** True once the service has said which there are, or could not be asked. */
  readonly areModelsKnown: boolean;
  readonly askForModels: () => void;
  readonly modelsAction: Action<ModelsQuery>;
  /** Has the service fetch a model; its status tells how far that is. */
  readonly getModel: (id: string) => void;
  /** Why the service did not fetch a model that was asked for, by the model's id. */
  readonly refusals: ReadonlyMap<string, Problem>;
}

const NO_MODELS: readonly ModelInfo[] = [];

/**
 * The models of the service, as they are now.
 * @param isWatched whether changes are of interest although nothing is under way
 */
export function useModels(isWatched: boolean): UsedModels {
  const { client } = useService();
  const { action, run } = useAction(ModelsDocument);
  const [news, setNews] = useState<ReadonlyMap<string, News>>(new Map());
  const [refusals, setRefusals] = useState<ReadonlyMap<string, Problem>>(new Map());
  /** Those that somebody waits for. */
  const awaited = useRef(new Set<string>());
  const tell = useCallback((one: News) => {
    setNews((before) => new Map(before).set(one.id, one));
    if (!awaited.current.has(one.id) || one.status === 'PREPARING') return;
    awaited.current.delete(one.id);
    if (one.status === 'UNAVAILABLE') setRefusals((before) => new Map(before).set(one.id, notFetched(one)));
  }, []);

  const askForModels = useCallback(() => run({}), [run]);
  useEffect(() => {
    // What was told by the socket of an earlier key is no news.
    setNews(new Map());
    askForModels();
  }, [askForModels]);

  const answered = answerOf(action)?.models;
  const models = useMemo(
    () => answered?.map((model) => ({ ...model, ...news.get(model.id) })) ?? NO_MODELS,
    [answered, news],
  );

  const isFollowing = isWatched || models.some(({ status }) => status === 'PREPARING');
  useEffect(() => {
    if (!isFollowing) return;
    // Without a socket the list stays as it was asked for.
    const news = client.subscription(ModelUpdatedDocument, {}).subscribe(({ data }) => {
      if (data) tell(data.modelUpdated);
    });
    return () => news.unsubscribe();
  }, [client, isFollowing, tell]);

  const getModel = useCallback(
    (id: string) => {
      setRefusals((before) => without(before, id));
      const hadKey = hasApiKey();
      void client
        .mutation(PrepareModelDocument, { id })
        .toPromise()
        .then(({ data, error }) => {
          if (data) {
            awaited.current.add(id);
            tell(data.prepareModel);
          }
          if (error) setRefusals((before) => new Map(before).set(id, problemOf(error, hadKey)));
        });
    },
    [client, tell],
  );

  const areModelsKnown = action.state === 'done' || action.state === 'failed' || answered !== undefined;
  return { models, areModelsKnown, askForModels, modelsAction: action, getModel, refusals };
}

function notFetched({ unavailableReason }: News): Problem {
  const message = `It could not be fetched just now. ${unavailableReason ?? ''}`.trim();
  return { kind: 'refused', code: 'MODEL_UNAVAILABLE', message };
}

function without<V>(map: ReadonlyMap<string, V>, key: string): ReadonlyMap<string, V> {
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}
